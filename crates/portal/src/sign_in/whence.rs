//! Where a request came from: the other end of the connection, or who a proxy of our own says that it is.

use std::net::{IpAddr, SocketAddr};

use axum::extract::ConnectInfo;
use axum::http::{Extensions, HeaderMap};

/// What a proxy adds the other end of its own connection to.
const FORWARDED: &str = "x-forwarded-for";

/// The name under which tries from there are counted; empty where nobody knows.
pub(crate) fn whence(extensions: &Extensions, headers: &HeaderMap, proxy: Option<IpAddr>) -> String {
    let Some(ConnectInfo(peer)) = extensions.get::<ConnectInfo<SocketAddr>>() else { return String::new() };
    let peer = peer.ip().to_canonical();
    let forwarded = (proxy == Some(peer)).then(|| forwarded(headers)).flatten();
    network(forwarded.unwrap_or(peer))
}

/// The last address is the one that the proxy itself saw; those before it are what it was told.
fn forwarded(headers: &HeaderMap) -> Option<IpAddr> {
    let last = headers.get_all(FORWARDED).iter().next_back()?.to_str().ok()?;
    last.rsplit(',').next()?.trim().parse::<IpAddr>().ok().map(|address| address.to_canonical())
}

/// Of IPv6 the network: whoever has one address has 2⁶⁴ of them.
fn network(address: IpAddr) -> String {
    match address {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let [first, second, third, fourth, ..] = address.segments();
            format!("{first:x}:{second:x}:{third:x}:{fourth:x}::/64")
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn came(peer: &str, forwarded: &[&'static str], proxy: Option<&str>) -> String {
        let mut extensions = Extensions::new();
        extensions.insert(ConnectInfo(SocketAddr::new(peer.parse().unwrap(), 4711)));
        let mut headers = HeaderMap::new();
        for one in forwarded {
            headers.append(FORWARDED, one.parse().unwrap());
        }
        whence(&extensions, &headers, proxy.map(|proxy| proxy.parse().unwrap()))
    }

    #[test]
    fn only_our_own_proxy_is_believed_and_only_what_it_saw_itself() {
        assert_eq!(came("192.0.2.7", &[], None), "192.0.2.7");
        assert_eq!(came("192.0.2.7", &["198.51.100.1"], None), "192.0.2.7", "anyone can write a header");
        assert_eq!(came("192.0.2.7", &["198.51.100.1"], Some("192.0.2.8")), "192.0.2.7");
        let (proxy, told) = (Some("192.0.2.7"), "203.0.113.9, 198.51.100.1");
        assert_eq!(came("192.0.2.7", &[told], proxy), "198.51.100.1");
        assert_eq!(came("::ffff:192.0.2.7", &["203.0.113.9", "198.51.100.1"], proxy), "198.51.100.1");
        assert_eq!(came("192.0.2.7", &["unknown"], proxy), "192.0.2.7");
        assert_eq!(came("2001:db8:1:2:3:4:5:6", &[], None), came("2001:db8:1:2::9", &[], None));
        assert_eq!(whence(&Extensions::new(), &HeaderMap::new(), None), "");
    }
}
