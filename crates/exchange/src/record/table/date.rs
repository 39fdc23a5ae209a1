//! Days as people type them.

use jiff::civil::Date;

use crate::sheets::half_width;

/// `2026-11-23`, `2026/11/23`, `2026.11.23`, `2026年11月23日`: the year first, so that nothing can be read in two ways.
pub(in crate::record) fn day(text: &str) -> Option<Date> {
    let narrow: String = text.trim().chars().map(half_width).collect();
    let numbers: Vec<&str> = match narrow.split_once('年') {
        Some((year, rest)) => {
            let (month, rest) = rest.split_once('月')?;
            vec![year, month, rest.strip_suffix(['日', '号'])?]
        }
        None => {
            let join = ['-', '/', '.'].into_iter().find(|join| narrow.contains(*join))?;
            narrow.split(join).collect()
        }
    };
    let [year, month, day] = numbers.as_slice() else { return None };
    let number = |text: &str, longest: usize| {
        let text = text.trim();
        let plain = !text.is_empty() && text.len() <= longest && text.bytes().all(|byte| byte.is_ascii_digit());
        if plain { text.parse::<i16>().ok() } else { None }
    };
    if year.trim().len() != 4 {
        return None;
    }
    let (month, day) = (i8::try_from(number(month, 2)?).ok()?, i8::try_from(number(day, 2)?).ok()?);
    Date::new(number(year, 4)?, month, day).ok()
}
