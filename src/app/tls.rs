//! The certificate pages are served with.

use std::io;
use std::path::Path;

use axum_server::tls_rustls::RustlsConfig;

use super::address::reachable;
use super::{App, StartError};
use crate::config::{Config, Tls};

/// One provider for every TLS connection of this process: two are in the tree, and rustls does not choose.
pub(crate) fn install_provider() {
    if rustls::crypto::aws_lc_rs::default_provider()
        .install_default()
        .is_err()
    {
        tracing::debug!("a provider of cryptography was installed before");
    }
}

/// What to serve with; `None` in the clear.
pub(super) async fn config(app: &App) -> Result<Option<RustlsConfig>, StartError> {
    let read = |source| StartError::Io {
        what: "the certificate".to_owned(),
        source,
    };
    install_provider();
    match &app.config.tls {
        Tls::Off => Ok(None),
        Tls::Files { cert, key } => {
            let config = RustlsConfig::from_pem_file(cert, key).await;
            Ok(Some(config.map_err(read)?))
        }
        Tls::SelfSigned => {
            let names = names(&app.config).map_err(read)?;
            let (cert, key) = self_signed(&app.config.data.join("tls"), names)?;
            let config = RustlsConfig::from_pem(cert.into_bytes(), key.into_bytes()).await;
            Ok(Some(config.map_err(read)?))
        }
    }
}

fn names(config: &Config) -> io::Result<Vec<String>> {
    let mut names = vec!["localhost".to_owned()];
    names.extend(reachable(config)?.iter().map(ToString::to_string));
    Ok(names)
}

/// The certificate for these names, kept as long as the names stay, so that a phone that trusted it goes on to.
fn self_signed(folder: &Path, names: Vec<String>) -> Result<(String, String), StartError> {
    let failed = |source| StartError::Io {
        what: folder.display().to_string(),
        source,
    };
    let (cert, key, for_names) = ("cert.pem", "key.pem", names.join("\n"));
    let read = |name: &str| std::fs::read_to_string(folder.join(name));
    if read("names").is_ok_and(|kept| kept == for_names) {
        return Ok((read(cert).map_err(failed)?, read(key).map_err(failed)?));
    }
    let made = rcgen::generate_simple_self_signed(names)?;
    let (cert_pem, key_pem) = (made.cert.pem(), made.signing_key.serialize_pem());
    std::fs::create_dir_all(folder).map_err(failed)?;
    for (name, text) in [(cert, &cert_pem), (key, &key_pem), ("names", &for_names)] {
        write_private(&folder.join(name), text).map_err(failed)?;
    }
    Ok((cert_pem, key_pem))
}

fn write_private(file: &Path, text: &str) -> io::Result<()> {
    use std::io::Write;
    use std::os::unix::fs::OpenOptionsExt;

    std::fs::OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(file)?
        .write_all(text.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_certificate_is_kept_while_the_addresses_stay() {
        let folder = tempfile::tempdir().unwrap();
        let make = |names: &[&str]| {
            let names = names.iter().map(|&name| name.to_owned()).collect();
            self_signed(folder.path(), names).unwrap()
        };
        let first = make(&["localhost", "192.0.2.7"]);
        assert_eq!(make(&["localhost", "192.0.2.7"]), first);
        assert_ne!(make(&["localhost", "192.0.2.8"]), first);
    }
}
