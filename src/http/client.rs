//! Who calls, as the network tells: the client's address, through the proxies that the operator trusts.

use super::request;
use super::service::Service;
use crate::db::Origin;
use actix_web::HttpRequest;
use actix_web::http::header::{self, HeaderName};
use actix_web::web::Data;
use ipnet::IpNet;
use std::net::{IpAddr, SocketAddr};
use std::str::FromStr;
use std::sync::Arc;

/// The most hops that are looked at; what lies further left is not worth a look.
const MOST_HOPS: usize = 32;

static X_FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// The header in which the trusted proxies name whom they speak for. One alone: a proxy that writes the one hands the
/// other on as the client sent it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum ForwardedBy {
    /// `X-Forwarded-For`, as most proxies do.
    #[default]
    XForwardedFor,
    /// `Forwarded` (RFC 7239).
    Forwarded,
}

/// A network of proxies: `10.0.0.0/8`, or one address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Network(IpNet);

impl FromStr for Network {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let text = text.trim();
        let one = text.parse::<IpAddr>().map(|address| IpNet::from(address.to_canonical()));
        one.or_else(|_| text.parse())
            .map(Self)
            .map_err(|_| format!("`{text}` is no network such as 10.0.0.0/8 and no address"))
    }
}

impl std::fmt::Display for Network {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// The proxies whose word is taken for whom they speak for.
#[derive(Debug, Clone, Default)]
pub struct TrustedProxies {
    networks: Vec<Network>,
    by: ForwardedBy,
}

impl TrustedProxies {
    /// These proxies, writing that header.
    pub const fn new(networks: Vec<Network>, by: ForwardedBy) -> Self {
        Self { networks, by }
    }

    fn trust(&self, address: IpAddr) -> bool {
        self.networks.iter().any(|network| network.0.contains(&address))
    }

    /// The client's address: from the nearest hop on, as far as each is a trusted proxy. What an untrusted one claims
    /// counts for nothing.
    fn client(&self, peer: IpAddr, request: &HttpRequest) -> IpAddr {
        let mut client = peer.to_canonical();
        if !self.trust(client) {
            return client;
        }
        for hop in self.hops(request) {
            let Some(address) = hop else { break };
            client = address;
            if !self.trust(client) {
                break;
            }
        }
        client
    }

    /// The hops, the nearest first; none where a hop does not tell an address.
    fn hops(&self, request: &HttpRequest) -> Vec<Option<IpAddr>> {
        let (name, read): (_, fn(&str) -> Option<IpAddr>) = match self.by {
            ForwardedBy::XForwardedFor => (&X_FORWARDED_FOR, address),
            ForwardedBy::Forwarded => (&header::FORWARDED, forwarded_for),
        };
        let lines: Vec<_> = request.headers().get_all(name).map(|line| line.to_str().unwrap_or_default()).collect();
        lines.iter().rev().flat_map(|line| line.rsplit(',')).take(MOST_HOPS).map(read).collect()
    }
}

/// The address in a hop: bare, or with a port.
fn address(text: &str) -> Option<IpAddr> {
    let text = text.trim();
    let bare = text.strip_prefix('[').and_then(|text| text.strip_suffix(']')).unwrap_or(text);
    let found = bare.parse::<IpAddr>().ok().or_else(|| text.parse::<SocketAddr>().ok().map(|socket| socket.ip()));
    found.map(|address| address.to_canonical())
}

/// The address in an element of `Forwarded`: `for="[2001:db8::1]:4711";proto=https`.
fn forwarded_for(element: &str) -> Option<IpAddr> {
    let named = element.split(';').find_map(|pair| {
        let (name, value) = pair.split_once('=')?;
        name.trim().eq_ignore_ascii_case("for").then(|| value.trim().trim_matches('"'))
    });
    address(named?)
}

/// The address of whoever sent a request, through the trusted proxies. An IPv4 address written as an IPv6 one is the
/// IPv4 address. None where there is no network, as in a test without a socket.
pub fn client_address(request: &HttpRequest) -> Option<IpAddr> {
    let peer = request.peer_addr()?.ip();
    let proxies = request.app_data::<Data<Service>>().map(|service| Arc::clone(&service.proxies));
    Some(proxies.map_or_else(|| peer.to_canonical(), |proxies| proxies.client(peer, request)))
}

/// Where a request comes from, for the audit log and the list of devices.
pub fn origin_of(request: &HttpRequest) -> Origin {
    let address = client_address(request).map(|address| address.to_string());
    let user_agent = request::text(request, &header::USER_AGENT);
    Origin::request(request::request_id(request), address, user_agent)
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::test::TestRequest;

    fn client(by: ForwardedBy, peer: &str, headers: &[(&'static str, &'static str)]) -> String {
        let networks = ["10.0.0.0/8", "2001:db8:1::/48", "192.0.2.7"].map(|text| text.parse().unwrap()).to_vec();
        let request = headers.iter().fold(TestRequest::default(), |request, header| request.append_header(*header));
        TrustedProxies::new(networks, by).client(peer.parse().unwrap(), &request.to_http_request()).to_string()
    }

    #[test]
    fn what_an_untrusted_caller_claims_counts_for_nothing() {
        let claims = [("x-forwarded-for", "1.2.3.4")];
        assert_eq!(client(ForwardedBy::XForwardedFor, "203.0.113.9", &claims), "203.0.113.9");
        // The client wrote the left part itself; the proxy added whom it saw.
        let claims = [("x-forwarded-for", "1.2.3.4, 203.0.113.9")];
        assert_eq!(client(ForwardedBy::XForwardedFor, "10.0.0.1", &claims), "203.0.113.9");
    }

    #[test]
    fn a_chain_of_trusted_proxies_is_followed_to_its_end() {
        let lines = [("x-forwarded-for", "198.51.100.1"), ("x-forwarded-for", "192.0.2.7 ,10.9.9.9:443")];
        assert_eq!(client(ForwardedBy::XForwardedFor, "::ffff:10.0.0.1", &lines), "198.51.100.1");
        let all_trusted = [("x-forwarded-for", "10.1.1.1, [2001:db8:1::5]:80")];
        assert_eq!(client(ForwardedBy::XForwardedFor, "10.0.0.1", &all_trusted), "10.1.1.1");
    }

    #[test]
    fn a_hop_that_tells_no_address_ends_the_chain() {
        for nonsense in ["198.51.100.1, unknown", "198.51.100.1, ", "198.51.100.1, _hidden", "1.2.3.4.5"] {
            assert_eq!(client(ForwardedBy::XForwardedFor, "10.0.0.1", &[("x-forwarded-for", nonsense)]), "10.0.0.1");
        }
    }

    #[test]
    fn the_other_header_is_not_looked_at() {
        let both =
            [("forwarded", "for=\"[2001:db8:2::1]:4711\";proto=https, For=10.0.0.2"), ("x-forwarded-for", "1.1.1.1")];
        assert_eq!(client(ForwardedBy::Forwarded, "10.0.0.1", &both), "2001:db8:2::1");
        assert_eq!(client(ForwardedBy::XForwardedFor, "10.0.0.1", &both), "1.1.1.1");
    }
}
