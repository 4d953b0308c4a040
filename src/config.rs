//! One configuration from file and environment, validated whole; unknown keys are refused by name.
//!
//! A TOML file, then `HEYI_<KEY>` with `__` between the parts of a key (`HEYI_MAIL__HOST`), then the options of the
//! command line; the later wins.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};

use figment::Figment;
use figment::providers::{Env, Format, Serialized, Toml};
use serde::{Deserialize, Serialize};

mod dial_in;
mod keys;
mod recording;
mod turn;

pub use dial_in::DialIn;
pub use keys::{Algorithm, Keys, Otherwise, SigningService, TimestampService, read_passphrase};
pub use recording::Recording;
pub use turn::{Turn, TurnServer};

/// Characters that nobody guesses.
const METRICS_TOKEN: usize = 16;

/// Everything an installation can set.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Where pages are served.
    pub listen: SocketAddr,
    /// The folder of the embedded database, files and keys.
    pub data: PathBuf,
    /// `postgres://…`; without it the embedded database in `data`.
    pub database: Option<Secret>,
    /// How people reach this installation, such as `https://heyi.example`; without it, by `listen`.
    pub public_url: Option<String>,
    pub tls: Tls,
    /// Proxies whose forwarded addresses are believed.
    pub trusted_proxies: Vec<IpAddr>,
    pub rtc: Rtc,
    pub recording: Recording,
    /// Without it no mail is sent, which a demo town does not want anyway.
    pub mail: Option<Mail>,
    pub sms: Sms,
    pub webhooks: Webhooks,
    /// A folder laid over the shipped texts, templates, data and styles.
    pub assets: Option<PathBuf>,
    /// Whose wording papers have: `cn`, which is shipped, or a folder of `papers` in `assets`.
    pub jurisdiction: String,
    pub log: LogFormat,
    /// By which a program reads `/metrics`; without it there is no such page.
    pub metrics_token: Option<Secret>,
    /// 32 bytes in base64; without it `master.key` in `data`, made at the first start.
    pub master_key: Option<Secret>,
    /// Of the certificates with which papers are signed.
    pub keys: Keys,
}

/// How pages are encrypted on their way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "TlsSetting", into = "TlsSetting")]
pub enum Tls {
    /// Not here: on the loopback address, or behind a proxy.
    Off,
    /// By a certificate of our own for all addresses of this machine, which browsers warn of.
    SelfSigned,
    /// By these PEM files.
    Files { cert: PathBuf, key: PathBuf },
}

#[derive(Serialize, Deserialize)]
#[serde(
    untagged,
    expecting = "must be \"off\", \"self-signed\" or { cert = FILE, key = FILE }"
)]
enum TlsSetting {
    Word(TlsWord),
    Files(TlsFiles),
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum TlsWord {
    Off,
    SelfSigned,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct TlsFiles {
    cert: PathBuf,
    key: PathBuf,
}

impl From<TlsSetting> for Tls {
    fn from(setting: TlsSetting) -> Self {
        match setting {
            TlsSetting::Word(TlsWord::Off) => Self::Off,
            TlsSetting::Word(TlsWord::SelfSigned) => Self::SelfSigned,
            TlsSetting::Files(TlsFiles { cert, key }) => Self::Files { cert, key },
        }
    }
}

impl From<Tls> for TlsSetting {
    fn from(tls: Tls) -> Self {
        match tls {
            Tls::Off => Self::Word(TlsWord::Off),
            Tls::SelfSigned => Self::Word(TlsWord::SelfSigned),
            Tls::Files { cert, key } => Self::Files(TlsFiles { cert, key }),
        }
    }
}

/// The one UDP port of the video rooms.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rtc {
    /// Without it, any free port on the address of `listen`.
    pub listen: Option<SocketAddr>,
    /// Addresses under which phones reach it; empty: this machine's own.
    #[serde(default)]
    pub announce: Vec<IpAddr>,
    #[serde(default)]
    pub turn: Turn,
    /// Without it nobody is shown a number to call.
    pub dial_in: Option<DialIn>,
}

/// A mail server that takes our mail.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mail {
    pub host: String,
    #[serde(default = "submission")]
    pub port: u16,
    #[serde(default)]
    pub starttls: StartTls,
    pub user: Option<String>,
    pub password: Option<Secret>,
    /// The sender, such as `和议 <heyi@example.com>`.
    pub from: String,
    /// A PEM file with the server's certificate authority, where the system's do not know it.
    pub ca: Option<PathBuf>,
}

const fn submission() -> u16 {
    587
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StartTls {
    /// No mail leaves in the clear.
    #[default]
    Required,
    /// For a server on this machine.
    Off,
}

/// Who carries text messages.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(tag = "driver", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Sms {
    /// Nobody: they stay in the outbox, which a demo town shows.
    #[default]
    Outbox,
    /// A gateway that takes `POST {"to", "text", "id"}` as JSON with a bearer token.
    Gateway { url: String, token: Secret },
}

/// How integrators are told what becomes of their matters: over TLS, and never inside a private network, unless named here.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Webhooks {
    /// `host:port` of receivers that may be private and without TLS, such as one on this machine.
    pub allow: Vec<String>,
}

impl Webhooks {
    /// Whether an address without TLS names a host that is allowed.
    pub fn may_be_plain(&self, url: &str) -> bool {
        let host = url
            .strip_prefix("http://")
            .and_then(|rest| rest.split('/').next());
        host.is_some_and(|host| self.allow.iter().any(|it| it.eq_ignore_ascii_case(host)))
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LogFormat {
    #[default]
    Text,
    Json,
}

/// A text that no log and no error shows.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Secret(String);

impl Secret {
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(withheld)")
    }
}

/// Where the data lies. `Debug` keeps the password of a PostgreSQL address to itself.
#[derive(Clone, PartialEq, Eq)]
pub enum DatabaseUrl {
    /// The file of the embedded database.
    Sqlite(PathBuf),
    /// `postgres://user:password@host/database`.
    Postgres(String),
}

impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite(file) => write!(f, "sqlite:{}", file.display()),
            Self::Postgres(_) => f.write_str("postgres:(address withheld)"),
        }
    }
}

/// Why a configuration is refused; every line names its key.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    #[error("{}: no such file", .0.display())]
    NoFile(PathBuf),
    #[error("{0}")]
    Keys(#[from] Box<figment::Error>),
    #[error("{}", .0.join("\n"))]
    Invalid(Vec<String>),
}

/// What the command line says; each one given wins over file and environment.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Overrides {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub listen: Option<SocketAddr>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub data: Option<PathBuf>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub assets: Option<PathBuf>,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 8080)),
            data: PathBuf::from("data"),
            database: None,
            public_url: None,
            tls: Tls::Off,
            trusted_proxies: Vec::new(),
            rtc: Rtc::default(),
            recording: Recording::default(),
            mail: None,
            sms: Sms::default(),
            webhooks: Webhooks::default(),
            assets: None,
            jurisdiction: "cn".to_owned(),
            log: LogFormat::default(),
            metrics_token: None,
            master_key: None,
            keys: Keys::default(),
        }
    }
}

impl Config {
    /// Reads file, environment and command line, and checks the whole.
    pub fn load(file: Option<&Path>, overrides: &Overrides) -> Result<Self, ConfigError> {
        // The name of the file itself comes by HEYI_CONFIG.
        let environment = Env::prefixed("HEYI_").ignore(&["config"]).split("__");
        Self::read(file, environment, overrides)
    }

    fn read(
        file: Option<&Path>,
        environment: Env,
        overrides: &Overrides,
    ) -> Result<Self, ConfigError> {
        let mut figment = Figment::from(Serialized::defaults(Self::default()));
        if let Some(file) = file {
            if !file.is_file() {
                return Err(ConfigError::NoFile(file.to_owned()));
            }
            figment = figment.merge(Toml::file_exact(file));
        }
        let config: Self = figment
            .merge(environment)
            .merge(Serialized::defaults(overrides))
            .extract()
            .map_err(Box::new)?;
        config.check()?;
        Ok(config)
    }

    fn check(&self) -> Result<(), ConfigError> {
        let mut wrong = Vec::new();
        if let Some(url) = &self.public_url {
            let host = ["http://", "https://"]
                .into_iter()
                .find_map(|scheme| url.strip_prefix(scheme));
            if host.is_none_or(|host| host.is_empty() || host.contains('/')) {
                wrong.push(format!(
                    "public_url: {url} is not http:// or https:// and a host, without a path"
                ));
            }
        }
        if let Some(database) = &self.database
            && !is_postgres(database.reveal())
        {
            wrong.push("database: not an address that begins postgres://".to_owned());
        }
        if let Tls::Files { cert, key } = &self.tls {
            for (name, file) in [("cert", cert), ("key", key)] {
                if !file.is_file() {
                    wrong.push(format!("tls.{name}: {}: no such file", file.display()));
                }
            }
        }
        if let Some(assets) = &self.assets
            && !assets.is_dir()
        {
            wrong.push(format!("assets: {}: no such folder", assets.display()));
        }
        if let Some(mail) = &self.mail {
            mail.check(&mut wrong);
        }
        if let Sms::Gateway { url, .. } = &self.sms
            && !url.starts_with("https://")
            && !url.starts_with("http://")
        {
            wrong.push(format!("sms.url: {url} is not an http(s) address"));
        }
        let short = |token: &Secret| token.reveal().len() < METRICS_TOKEN;
        if self.metrics_token.as_ref().is_some_and(short) {
            wrong.push(format!(
                "metrics_token: shorter than {METRICS_TOKEN} characters"
            ));
        }
        self.rtc.turn.check(self.rtc.listen, &mut wrong);
        if let Some(dial_in) = &self.rtc.dial_in {
            dial_in.check(&mut wrong);
        }
        self.keys.check(&mut wrong);
        if wrong.is_empty() {
            Ok(())
        } else {
            Err(ConfigError::Invalid(wrong))
        }
    }

    /// The folder of the recordings of sessions.
    pub fn recordings(&self) -> PathBuf {
        let folder = self.recording.folder.clone();
        folder.unwrap_or_else(|| self.data.join("recordings"))
    }

    pub fn database(&self) -> DatabaseUrl {
        self.database.as_ref().map_or_else(
            || DatabaseUrl::Sqlite(self.data.join("heyi.db")),
            |url| DatabaseUrl::Postgres(url.reveal().to_owned()),
        )
    }
}

impl Mail {
    fn check(&self, wrong: &mut Vec<String>) {
        if self.host.is_empty() {
            wrong.push("mail.host: empty".to_owned());
        }
        if self.user.is_some() != self.password.is_some() {
            wrong.push("mail.user, mail.password: one without the other".to_owned());
        }
        if !self.from.contains('@') {
            wrong.push(format!("mail.from: {} is not an address", self.from));
        }
    }
}

fn is_postgres(url: &str) -> bool {
    url.starts_with("postgres://") || url.starts_with("postgresql://")
}

#[cfg(test)]
mod tests;
