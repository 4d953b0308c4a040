//! What a configuration file may say.

use super::*;

fn load(toml: &str) -> Result<Config, ConfigError> {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    std::io::Write::write_all(&mut file, toml.as_bytes()).unwrap();
    read(Some(file.path()), &Overrides::default())
}

/// Without the environment, in which the tests' own variables stand.
fn read(file: Option<&Path>, overrides: &Overrides) -> Result<Config, ConfigError> {
    Config::read(file, Env::raw().only(&[]), overrides)
}

fn refusal(toml: &str) -> String {
    load(toml).unwrap_err().to_string()
}

#[test]
fn an_empty_file_gives_the_loopback_address_and_the_embedded_database() {
    let config = load("").unwrap();
    assert!(config.listen.ip().is_loopback());
    assert_eq!(config.tls, Tls::Off);
    assert_eq!(
        config.database(),
        DatabaseUrl::Sqlite("data/heyi.db".into())
    );
}

#[test]
fn a_whole_file_is_read() {
    let config = load(
        r#"
        listen = "0.0.0.0:443"
        database = "postgres://heyi:s3cret@db/heyi"
        public_url = "https://heyi.example"
        tls = "self-signed"
        trusted_proxies = ["10.0.0.1", "::1"]
        log = "json"
        [rtc]
        listen = "0.0.0.0:3478"
        announce = ["203.0.113.7"]
        [rtc.turn]
        listen = "0.0.0.0:443"
        relay_only = true
        [[rtc.turn.servers]]
        urls = ["turn:relay.example", "turn:[2001:db8::1]:80?transport=tcp", "turns:relay.example:443?transport=tcp"]
        secret = "n0rth"
        [mail]
        host = "smtp.example"
        user = "heyi"
        password = "hunter2"
        from = "和议 <heyi@example.com>"
        [sms]
        driver = "gateway"
        url = "https://sms.example/send"
        token = "t0ken"
        [keys]
        passphrase = "an ordinary passphrase"
        [keys.timestamps]
        url = "http://tsa.example"
        roots = "tsa.pem"
        lists = ["http://tsa.example/crl"]
        otherwise = "own"
        "#,
    )
    .unwrap();
    assert_eq!(config.tls, Tls::SelfSigned);
    assert_eq!(config.mail.as_ref().unwrap().port, 587);
    assert!(matches!(config.sms, Sms::Gateway { .. }));
    let shown = format!("{config:?} {:?}", config.database());
    for secret in ["hunter2", "t0ken", "n0rth", "s3cret", "ordinary passphrase"] {
        assert!(!shown.contains(secret), "{shown}");
    }
}

#[test]
fn unknown_keys_are_refused_by_name_at_every_level() {
    for (toml, name) in [
        ("lisen = '127.0.0.1:80'", "lisen"),
        ("[rtc]\nannounced = []", "announced"),
        ("[rtc.turn]\nlisten_tcp = '0.0.0.0:443'", "listen_tcp"),
        ("[mail]\nhost = 'a'\nfrom = 'a@b'\nprot = 25", "prot"),
    ] {
        let refusal = refusal(toml);
        assert!(refusal.contains(name), "{refusal}");
    }
}

#[test]
fn a_wrong_value_is_refused_with_its_key() {
    for (toml, key) in [
        ("listen = 'nowhere'", "listen"),
        ("tls = 'on'", "tls"),
        ("tls = { cert = 'a.pem' }", "tls"),
        ("tls = { cert = '/none/a', key = '/none/b' }", "tls.cert"),
        ("public_url = 'heyi.example'", "public_url"),
        ("database = 'mysql://db'", "database"),
        ("assets = '/none/assets'", "assets"),
        ("[mail]\nhost = 'a'\nfrom = 'nobody'", "mail.from"),
        (
            "[mail]\nhost = 'a'\nfrom = 'a@b'\nuser = 'u'",
            "mail.password",
        ),
        ("[sms]\ndriver = 'pigeon'", "sms"),
        ("[rtc.turn]\nrelay_only = true", "rtc.turn.relay_only"),
        ("[rtc.turn]\nlisten = '0.0.0.0:981'", "rtc.turn.listen"),
        (
            "[rtc]\nlisten = '0.0.0.0:3478'\n[rtc.turn]\nlisten = '[::]:3478'",
            "rtc.turn.listen",
        ),
        (
            "[[rtc.turn.servers]]\nurls = []\nsecret = 's'",
            "rtc.turn.servers.urls",
        ),
        (
            "[[rtc.turn.servers]]\nurls = ['turn:a']\nsecret = ''",
            "rtc.turn.servers.secret",
        ),
        (
            "[[rtc.turn.servers]]\nurls = ['turn:a', 'stun:a']\nsecret = 's'",
            "stun:a is not",
        ),
        (
            "[[rtc.turn.servers]]\nurls = ['turns:a?transport=udp']\nsecret = 's'",
            "rtc.turn.servers.urls",
        ),
        (
            "[[rtc.turn.servers]]\nurls = ['turn:me@a']\nsecret = 's'",
            "rtc.turn.servers.urls",
        ),
        ("[keys]\npassphrase = 'short'", "keys.passphrase"),
        (
            "[keys]\npassphrase_file = '/none/a'",
            "keys.passphrase_file",
        ),
        ("[keys]\nalgorithm = 'rsa'", "keys.algorithm"),
        (
            "[keys.signer]\nurl = 'http://ca.test'\ntoken_file = 'a'\nroots = 'b'\nlists = ['c']",
            "keys.signer.url",
        ),
        (
            "[keys.timestamps]\nurl = 'http://tsa.test'\nroots = 'b'\nlists = []",
            "keys.timestamps.lists",
        ),
    ] {
        let refusal = refusal(toml);
        assert!(refusal.contains(key), "{toml}: {refusal}");
    }
}

#[test]
fn all_that_is_wrong_is_said_at_once() {
    let refusal = refusal("public_url = 'x'\nassets = '/none/assets'");
    assert_eq!(refusal.lines().count(), 2, "{refusal}");
}

#[test]
fn the_command_line_wins() {
    let overrides = Overrides {
        data: Some("elsewhere".into()),
        ..Overrides::default()
    };
    let config = read(None, &overrides).unwrap();
    assert_eq!(config.data, PathBuf::from("elsewhere"));
}
