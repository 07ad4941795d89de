use std::time::{Duration, SystemTime, UNIX_EPOCH};

use proptest::prelude::*;

use super::super::{
    HmacSha256, IncomingRequest, SignatureError, SignatureScheme, VerifierError, VerifySignature as _,
};

/// A digest of the body in hexadecimal digits.
const DIGEST: SignatureScheme = SignatureScheme::hmac_sha256("X-Signature-256").prefix("sha256=");
/// A list with a time and any number of signatures.
const LIST: SignatureScheme = SignatureScheme::hmac_sha256("Signature")
    .separator(",")
    .prefix("v1=")
    .timestamp_element("t=")
    .signed("{timestamp}.{body}");
/// The time in a header of its own, directly before the body.
const JOINED: SignatureScheme = SignatureScheme::hmac_sha256("X-Signature")
    .base64()
    .timestamp_header("X-Signature-Timestamp")
    .signed("{timestamp}{body}");
/// Standard Webhooks.
const STANDARD: SignatureScheme = SignatureScheme::hmac_sha256("webhook-signature")
    .base64()
    .separator(" ")
    .prefix("v1,")
    .timestamp_header("webhook-timestamp")
    .id_header("webhook-id")
    .signed("{id}.{timestamp}.{body}")
    .base64_key()
    .key_prefix("whsec_");

/// A signed request.
#[derive(Clone, Debug)]
struct Signed {
    scheme: SignatureScheme,
    secret: &'static str,
    headers: Vec<(&'static str, String)>,
    body: Vec<u8>,
    at: u64,
}

impl Signed {
    fn verify(&self, now: u64) -> Result<(), SignatureError> {
        self.verify_with(&self.scheme.verifier(self.secret).unwrap(), now)
    }

    fn verify_with(&self, verifier: &HmacSha256, now: u64) -> Result<(), SignatureError> {
        let headers = self.headers.iter().map(|(name, value)| (*name, value.as_str()));
        let request = IncomingRequest::new("POST", headers, &self.body);
        verifier.verify(&request, time(now))
    }

    /// Returns the request with one header changed.
    fn with(&self, name: &str, value: &str) -> Self {
        let mut changed = self.clone();
        for (_, own) in changed.headers.iter_mut().filter(|(own, _)| *own == name) {
            value.clone_into(own);
        }
        changed
    }
}

fn time(seconds: u64) -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(seconds)
}

/// A request of each scheme. The first and the last are examples that their specifications publish.
fn requests() -> [Signed; 4] {
    let headers = |list: &[(&'static str, &str)]| {
        list.iter().map(|(name, value)| (*name, (*value).to_owned())).collect()
    };
    [
        Signed {
            scheme: DIGEST,
            secret: "It's a Secret to Everybody",
            headers: headers(&[(
                "X-SIGNATURE-256",
                "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17",
            )]),
            body: b"Hello, World!".to_vec(),
            at: 5,
        },
        Signed {
            scheme: LIST,
            secret: "whsec_test_secret",
            headers: headers(&[(
                "Signature",
                "t=1492774577,v1=10b0a2815816a45e6b874658b928cae03296be10637343405aaf1e8306ddffdc,v0=6ffbb5",
            )]),
            body: br#"{"id": "evt_1"}"#.to_vec(),
            at: 1_492_774_577,
        },
        Signed {
            scheme: JOINED,
            secret: "dGhpc19zZWNyZXQ=",
            headers: headers(&[
                ("X-Signature", "7mNTuL67UB5aDBRmyeYM2rb+qJETY1pGKRV/ze8ykTo="),
                ("X-Signature-Timestamp", "2021-03-25T05:09:27Z"),
            ]),
            body: br#"{"a":1}"#.to_vec(),
            at: 1_616_648_967,
        },
        Signed {
            scheme: STANDARD,
            secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
            headers: headers(&[
                ("webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek"),
                ("webhook-timestamp", "1614265330"),
                ("webhook-signature", "v2,AAAA v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="),
            ]),
            body: br#"{"test": 2432232314}"#.to_vec(),
            at: 1_614_265_330,
        },
    ]
}

#[test]
fn each_scheme_accepts_what_it_signed() {
    for signed in requests() {
        assert_eq!(signed.verify(signed.at), Ok(()), "{signed:?}");
        assert_eq!(signed.verify(signed.at + 300), Ok(()), "{signed:?}");
        assert_eq!(signed.verify(signed.at - 3), Ok(()), "{signed:?}");
    }
}

#[test]
fn an_old_or_early_signature_is_rejected() {
    for signed in requests().into_iter().skip(1) {
        assert_eq!(signed.verify(signed.at + 301), Err(SignatureError::TooOld { tolerance: 300 }));
        assert_eq!(signed.verify(signed.at - 301), Err(SignatureError::TooEarly { tolerance: 300 }));
        assert_eq!(signed.verify(0), Err(SignatureError::TooEarly { tolerance: 300 }));
        let longer = signed.scheme.tolerance(1000).verifier(signed.secret).unwrap();
        assert_eq!(signed.verify_with(&longer, signed.at + 1000), Ok(()));
    }
}

#[test]
fn a_missing_or_invalid_header_is_named() {
    for signed in requests() {
        for (name, _) in &signed.headers {
            let mut without = signed.clone();
            without.headers.retain(|(own, _)| own != name);
            let Err(SignatureError::MissingHeader(missing)) = without.verify(signed.at) else {
                panic!("{without:?}")
            };
            assert!(missing.eq_ignore_ascii_case(name));
        }
    }
    let [digest, list, joined, _] = requests();
    assert_eq!(
        list.with("Signature", "v1=00").verify(0),
        Err(SignatureError::InvalidHeader("Signature".into()))
    );
    for wrong in ["", "sha256=", "sha256=7", "sha256=zz", "sha1=00", "757107ea"] {
        assert_eq!(digest.with("X-SIGNATURE-256", wrong).verify(0), Err(SignatureError::Mismatch), "{wrong}");
    }
    assert_eq!(joined.with("X-Signature", "no base64").verify(0), Err(SignatureError::Mismatch));
    assert!(joined.with("X-Signature-Timestamp", "yesterday").verify(0).is_err());
}

#[test]
fn a_signature_of_an_unreadable_time_is_rejected() {
    let key = "key";
    let scheme = DIGEST.timestamp_header("At").signed("{timestamp}{body}");
    // The HMAC of `soon` with the key `key`.
    let signature = "sha256=953edbc46df40af6e8b77ec7a37768cb8401a14d1377ef1ca506a245ca6073e9";
    let signed = Signed {
        scheme,
        secret: key,
        headers: vec![("X-Signature-256", signature.to_owned()), ("At", "soon".to_owned())],
        body: Vec::new(),
        at: 0,
    };
    assert_eq!(signed.verify(0), Err(SignatureError::InvalidHeader("At".into())));
}

#[test]
fn any_of_several_secrets_and_signatures_is_accepted() {
    let [_, list, ..] = requests();
    let verifier = LIST.verifier("new").unwrap().with_secret(list.secret).unwrap();
    assert_eq!(list.verify_with(&verifier, list.at), Ok(()));
    assert_eq!(list.verify_with(&LIST.verifier("new").unwrap(), list.at), Err(SignatureError::Mismatch));
    let both = "t=1492774577, v1=9e7f569b1e5a75ff9567fa2046d7ae6cd67144ca6b9973e5cfced50635cffa6a, v1=00";
    let rotated = list.with("Signature", both);
    assert_eq!(rotated.verify_with(&LIST.verifier("old").unwrap(), list.at), Ok(()));
    assert_eq!(rotated.verify(list.at), Err(SignatureError::Mismatch));
}

#[test]
fn a_secret_that_protects_nothing_is_rejected() {
    assert_eq!(DIGEST.verifier("").unwrap_err(), VerifierError::EmptySecret);
    assert_eq!(STANDARD.verifier("whsec_").unwrap_err(), VerifierError::EmptySecret);
    assert_eq!(STANDARD.verifier("whsec_no base64").unwrap_err(), VerifierError::InvalidSecret);
    assert_eq!(DIGEST.hex_key().verifier("0g").unwrap_err(), VerifierError::InvalidSecret);
    for scheme in [
        DIGEST.signed("{id}"),
        DIGEST.timestamp_header("At"),
        DIGEST.signed("{timestamp}{body}"),
        DIGEST.id_header("Id"),
    ] {
        assert_eq!(scheme.verifier("key").unwrap_err(), VerifierError::InvalidScheme);
    }
    assert!(STANDARD.verifier("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").is_ok(), "the prefix may be missing");
    assert!(DIGEST.hex_key().verifier("00ff").is_ok());
}

#[test]
fn a_verifier_and_its_errors_show_no_secret() {
    let [digest, ..] = requests();
    let verifier = DIGEST.verifier(digest.secret).unwrap();
    let error = digest.with("X-SIGNATURE-256", "sha256=00").verify(0).unwrap_err();
    let shown = format!("{verifier:?} {error:?} {error}");
    assert!(shown.contains("secrets: 1") && !shown.contains("Everybody"), "{shown}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn a_changed_byte_never_verifies(which in 0..4_usize, at in any::<prop::sample::Index>(), bit in 0..8_u8, target in 0..4_usize) {
        let signed = &requests()[which];
        let mut changed = signed.clone();
        let bytes = match target {
            0 => &mut changed.body,
            header => {
                let header = header % changed.headers.len();
                let value = &mut changed.headers[header].1;
                let mut bytes = std::mem::take(value).into_bytes();
                let index = at.index(bytes.len());
                // Neither the case of a digit nor another element is part of what is signed.
                let old = bytes[index];
                bytes[index] ^= 1 << bit;
                let is_same = bytes[index].eq_ignore_ascii_case(&old) && !matches!(which, 2 | 3);
                let signature = ["757107", "10b0a2", "7mNTuL", "g0hM9S"][which];
                let text = String::from_utf8_lossy(signed.headers[header].1.as_bytes()).into_owned();
                let start = text.find(signature).unwrap_or_default();
                let is_other = text.contains(signature) && (index < start || text[start..].find([',', ' ']).is_some_and(|end| index >= start + end));
                prop_assume!(!is_same && !is_other && bytes.is_ascii());
                *value = String::from_utf8(bytes).unwrap();
                prop_assert!(changed.verify(signed.at).is_err(), "{changed:?}");
                return Ok(());
            }
        };
        let index = at.index(bytes.len());
        bytes[index] ^= 1 << bit;
        prop_assert_eq!(changed.verify(signed.at), Err(SignatureError::Mismatch));
    }

    #[test]
    fn a_longer_or_shorter_body_never_verifies(which in 0..4_usize, length in 0..12_usize, more in prop::collection::vec(any::<u8>(), 1..9)) {
        let signed = &requests()[which];
        let longer = Signed { body: [signed.body.clone(), more].concat(), ..signed.clone() };
        prop_assert_eq!(longer.verify(signed.at), Err(SignatureError::Mismatch));
        let shorter = Signed { body: signed.body[..length.min(signed.body.len() - 1)].to_vec(), ..signed.clone() };
        prop_assert_eq!(shorter.verify(signed.at), Err(SignatureError::Mismatch));
    }

    #[test]
    fn random_headers_never_verify(which in 0..4_usize, values in prop::collection::vec("(v1|t|sha256)?[=,]?[0-9a-zA-Z+/=, .-]{0,40}", 3), now in any::<u32>()) {
        let mut changed = requests()[which].clone();
        for ((_, value), new) in changed.headers.iter_mut().zip(values) {
            *value = new;
        }
        prop_assert!(changed.verify(now.into()).is_err());
    }

    #[test]
    fn any_template_is_signed_without_a_panic(template in "(\\{(body|id|timestamp)?\\}?|[a-zé.]){0,6}") {
        let scheme: SignatureScheme = DIGEST.signed(Box::leak(template.into_boxed_str()));
        let scheme = scheme.id_header("Id").timestamp_header("At");
        let headers = [("Id", "1"), ("At", "2"), ("X-Signature-256", "sha256=00")];
        let request = IncomingRequest::new("POST", headers, b"{body}");
        if let Ok(verifier) = scheme.verifier("key") {
            prop_assert_eq!(verifier.verify(&request, time(0)), Err(SignatureError::Mismatch));
        }
    }
}
