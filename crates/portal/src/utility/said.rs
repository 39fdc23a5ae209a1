//! Words and shapes of what readings say.

use heng_picture::Shape;
use heng_statement::service::ServiceState;
use heng_wording::Words;

use crate::public::answer::shape;

/// The symbol of a state.
pub(crate) fn symbol(state: ServiceState) -> &'static str {
    match state {
        ServiceState::Good => shape::GOOD,
        ServiceState::Undecided => shape::UNKNOWN,
        ServiceState::Drifting => shape::ATTENTION,
        ServiceState::Beyond | ServiceState::Stopped | ServiceState::Bypassed => shape::BAD,
    }
}

/// The same in a picture.
pub(crate) fn drawn(state: ServiceState) -> Shape {
    match state {
        ServiceState::Good => Shape::Good,
        ServiceState::Undecided => Shape::Unknown,
        ServiceState::Drifting => Shape::Attention,
        ServiceState::Beyond | ServiceState::Stopped | ServiceState::Bypassed => Shape::Bad,
    }
}

/// The word of a state.
pub(crate) fn word(state: ServiceState, words: &Words) -> String {
    words.say(&format!("service-state-{}", state.code()), &[])
}
