//! Under which addresses this machine is reached.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use crate::config::{Config, Tls};

/// The addresses of this machine's interfaces that are up, those a phone can use first, loopback last.
pub fn own_addresses() -> std::io::Result<Vec<IpAddr>> {
    use nix::net::if_::InterfaceFlags;

    let mut addresses: Vec<IpAddr> = nix::ifaddrs::getifaddrs()?
        .filter(|interface| interface.flags.contains(InterfaceFlags::IFF_UP))
        .filter_map(|interface| {
            let address = interface.address?;
            let four = address.as_sockaddr_in().map(|four| IpAddr::V4(four.ip()));
            four.or_else(|| address.as_sockaddr_in6().map(|six| IpAddr::V6(six.ip())))
        })
        .filter(|address| !is_link_local(address))
        .collect();
    addresses.sort_by_key(|address| (address.is_loopback(), address.is_ipv6(), *address));
    addresses.dedup();
    Ok(addresses)
}

fn is_link_local(address: &IpAddr) -> bool {
    match address {
        IpAddr::V4(four) => four.is_link_local(),
        IpAddr::V6(six) => six.is_unicast_link_local(),
    }
}

/// Where phones find this machine: what is announced for the rooms, then its own addresses.
pub(super) fn reachable(config: &Config) -> std::io::Result<Vec<IpAddr>> {
    let mut addresses = config.rtc.announce.clone();
    let own = own_addresses()?.into_iter();
    addresses.extend(own.filter(|own| !config.rtc.announce.contains(own)));
    Ok(addresses)
}

/// How people reach pages served on `listening`, without a slash at the end: for links and QR codes.
pub fn base_url(config: &Config, listening: SocketAddr) -> String {
    if let Some(url) = &config.public_url {
        return url.clone();
    }
    let scheme = if config.tls == Tls::Off {
        "http"
    } else {
        "https"
    };
    let ip = if listening.ip().is_unspecified() {
        reachable(config)
            .ok()
            .and_then(|all| all.into_iter().next())
            .unwrap_or(IpAddr::V4(Ipv4Addr::LOCALHOST))
    } else {
        listening.ip()
    };
    format!("{scheme}://{}", SocketAddr::new(ip, listening.port()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn loopback_is_among_our_addresses_and_comes_last() {
        let own = own_addresses().unwrap();
        assert!(own.contains(&IpAddr::V4(Ipv4Addr::LOCALHOST)), "{own:?}");
        assert!(own.is_sorted_by_key(IpAddr::is_loopback));
    }

    #[test]
    fn a_narrow_address_is_shown_as_it_is_and_a_wide_one_as_a_phone_can_reach_it() {
        let config = Config::default();
        let narrow: SocketAddr = "127.0.0.1:8080".parse().unwrap();
        assert_eq!(base_url(&config, narrow), "http://127.0.0.1:8080");
        let wide = base_url(&config, "0.0.0.0:8080".parse().unwrap());
        assert!(!wide.contains("0.0.0.0"), "{wide}");
        let mut announced = Config::default();
        announced.rtc.announce = vec![IpAddr::from([192, 0, 2, 7])];
        let wide = base_url(&announced, "0.0.0.0:8080".parse().unwrap());
        assert_eq!(wide, "http://192.0.2.7:8080");
        assert_eq!(base_url(&announced, narrow), "http://127.0.0.1:8080");
        let public = Config {
            public_url: Some("https://heyi.example".to_owned()),
            ..config
        };
        assert_eq!(base_url(&public, narrow), "https://heyi.example");
    }
}
