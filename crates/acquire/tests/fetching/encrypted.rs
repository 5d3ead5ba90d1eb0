//! https: a certificate that is good is taken, any other is refused before a word is said. The authority of these tests is made for each run; who is trusted is what
//! the operating system says, told here by its variable `SSL_CERT_FILE`.

use std::io::{self, BufRead as _, BufReader, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use onrecord_acquire::fetch::{Answer, FetchError, FetchOptions, Fetcher, Lookup, Validators};
use onrecord_testkit::server::Server;
use rcgen::{BasicConstraints, Certificate, CertificateParams, DnType, IsCa, Issuer, KeyPair, date_time_ymd};
use rustls::pki_types::PrivateKeyDer;
use rustls::{ServerConfig, ServerConnection, StreamOwned};

use super::{PAGE, fetcher, limits, short};

const HOST: &str = "www.teyne-sentinel.example";

/// A certificate with its key.
struct Identity {
    certificate: Certificate,
    key: KeyPair,
}

/// Someone who vouches for hosts.
struct Authority {
    certificate: Certificate,
    issuer: Issuer<'static, KeyPair>,
}

impl Authority {
    fn new(name: &str) -> Self {
        let key = KeyPair::generate().unwrap();
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.distinguished_name.push(DnType::CommonName, name);
        let certificate = params.self_signed(&key).unwrap();
        Self { certificate, issuer: Issuer::new(params, key) }
    }

    /// A certificate for `host` that holds in these years.
    fn vouch(&self, host: &str, years: (i32, i32)) -> Identity {
        let key = KeyPair::generate().unwrap();
        let certificate = params(host, years).signed_by(&key, &self.issuer).unwrap();
        Identity { certificate, key }
    }
}

fn params(host: &str, years: (i32, i32)) -> CertificateParams {
    let mut params = CertificateParams::new([host.to_owned()]).unwrap();
    (params.not_before, params.not_after) = (date_time_ymd(years.0, 1, 1), date_time_ymd(years.1, 1, 1));
    params
}

fn self_signed(host: &str) -> Identity {
    let key = KeyPair::generate().unwrap();
    let certificate = params(host, ALWAYS).self_signed(&key).unwrap();
    Identity { certificate, key }
}

/// Years in which these tests may run.
const ALWAYS: (i32, i32) = (2000, 2200);

/// A server of one page that shows `identity`; also how many requests it could read.
fn serve(identity: &Identity, old: bool) -> (SocketAddr, Arc<AtomicUsize>) {
    let chain = vec![identity.certificate.der().clone()];
    let key = PrivateKeyDer::try_from(identity.key.serialize_der()).unwrap();
    let versions: &[_] = if old { &[&rustls::version::TLS12] } else { rustls::DEFAULT_VERSIONS };
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider).with_protocol_versions(versions).unwrap();
    let config = Arc::new(config.with_no_client_auth().with_single_cert(chain, key).unwrap());
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let (address, requests) = (listener.local_addr().unwrap(), Arc::new(AtomicUsize::new(0)));
    let counted = Arc::clone(&requests);
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            // Whoever breaks the handshake off is the client that refuses.
            let _ = answer(stream, &config, &counted);
        }
    });
    (address, requests)
}

fn answer(stream: TcpStream, config: &Arc<ServerConfig>, requests: &AtomicUsize) -> io::Result<()> {
    let connection = ServerConnection::new(Arc::clone(config)).map_err(io::Error::other)?;
    let mut stream = StreamOwned::new(connection, stream);
    let mut lines = BufReader::new(&mut stream).lines();
    while lines.next().transpose()?.is_some_and(|line| !line.is_empty()) {}
    requests.fetch_add(1, Ordering::Relaxed);
    write!(stream, "HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{PAGE}", PAGE.len())?;
    stream.conn.send_close_notify();
    stream.flush()
}

/// Every name is this machine.
struct Here;

impl Lookup for Here {
    fn lookup(&self, _: &str, port: u16) -> io::Result<Vec<SocketAddr>> {
        Ok(vec![SocketAddr::from(([127, 0, 0, 1], port))])
    }
}

fn ask(url: &str) -> Result<Answer, FetchError> {
    let options = FetchOptions { limits: limits(), allow_private: true, ..FetchOptions::default() };
    Fetcher::with_lookup(options, Arc::new(Here)).fetch(url, &Validators::default(), None)
}

/// By this variable the process knows that it was started to trust the authority that it writes to the file named.
const TRUSTING: &str = "ONRECORD_TEST_TRUSTING";

/// The ending of the file that it makes once everything was checked.
const CHECKED: &str = "checked";

/// What the process does that trusts the authority of the test. Does nothing when run as a test.
#[test]
fn trusting() {
    let Ok(path) = std::env::var(TRUSTING) else { return };
    let authority = Authority::new("Alben Authority");
    std::fs::write(&path, authority.certificate.pem()).unwrap();
    let check = |identity: &Identity, old: bool, expect: Option<&str>| {
        let (address, requests) = serve(identity, old);
        let found = ask(&format!("https://{HOST}:{}/call", address.port()));
        match (expect, &found) {
            (None, Ok(Answer::Page(page))) => assert_eq!(page.bytes, PAGE.as_bytes()),
            (Some(expect), Err(FetchError::Connection(reason))) => {
                assert!(reason.contains(expect), "{expect}: {reason}")
            }
            _ => panic!("{expect:?}: {found:?}"),
        }
        assert_eq!(
            requests.load(Ordering::Relaxed),
            usize::from(expect.is_none()),
            "{expect:?}: what the server was told"
        );
    };
    let good = authority.vouch(HOST, ALWAYS);
    check(&good, false, None);
    check(&good, true, None);
    check(&authority.vouch("*.teyne-sentinel.example", ALWAYS), false, None);
    check(&authority.vouch("alben-courier.example", ALWAYS), false, Some("not valid for name"));
    check(
        &authority.vouch("www.teyne-sentinel.example.alben-courier.example", ALWAYS),
        false,
        Some("not valid for name"),
    );
    check(&authority.vouch(HOST, (2000, 2001)), false, Some("expired"));
    check(&authority.vouch(HOST, (2199, 2200)), false, Some("not valid yet"));
    check(&self_signed(HOST), false, Some("UnknownIssuer"));
    check(&Authority::new("Alben Authority").vouch(HOST, ALWAYS), true, Some("BadSignature"));
    check(&Authority::new("Another Authority").vouch(HOST, ALWAYS), false, Some("UnknownIssuer"));
    // A redirect to a host whose certificate is bad leads nowhere.
    let (bad, requests) = serve(&self_signed(HOST), false);
    let target = format!("https://{HOST}:{}/", bad.port());
    let server = Server::start(move |_, connection| connection.answer(302, &[("Location", &target)], ""));
    let found = ask(&server.url("/"));
    assert!(matches!(found, Err(FetchError::Connection(_))), "{found:?}");
    assert_eq!((server.requests().len(), requests.load(Ordering::Relaxed)), (1, 0));
    std::fs::write(Path::new(&path).with_extension(CHECKED), "").unwrap();
}

#[test]
fn only_good_certificates_are_taken() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("authority.pem");
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "encrypted::trusting", "--nocapture"])
        .env("SSL_CERT_FILE", &path)
        .env_remove("SSL_CERT_DIR")
        .env(TRUSTING, &path)
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && path.with_extension(CHECKED).exists(), "{told}");
}

#[test]
fn https_is_spoken_and_nothing_else_taken_for_it() {
    // An HTTP server that is asked for https, and one that ends the handshake.
    let server = Server::start(|_, connection| connection.answer(200, &[], PAGE));
    let address = server.url("/").replace("http:", "https:");
    let found = fetcher(&server, short()).fetch(&address, &Validators::default(), None);
    assert!(matches!(found, Err(FetchError::Connection(_) | FetchError::Timeout(_))), "{found:?}");
    let mixed = server.clone();
    let to_https = Server::start(move |_, connection| {
        connection.answer(302, &[("Location", &mixed.url("/").replace("http:", "https:"))], "")
    });
    let options =
        FetchOptions { limits: short(), exempt: vec![server.address(), to_https.address()], ..FetchOptions::default() };
    let found = Fetcher::new(options).fetch(&to_https.url("/"), &Validators::default(), None);
    assert!(matches!(found, Err(FetchError::Connection(_) | FetchError::Timeout(_))), "{found:?}");
}
