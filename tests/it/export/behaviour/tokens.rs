//! In which order tokens are exchanged, stored and used.

use std::sync::{Arc, Mutex};

use zendesk_client::{Auth, OAuth, Tokens, incremental_export};

use super::at;
use super::rest;
use super::script::{Reply, Script};

/// Each token is good for so many requests.
const USES: usize = 4;

/// An API whose tokens are `a0`, `a1` and so on. It notes what happens.
fn script(log: &Arc<Mutex<Vec<String>>>) -> Script {
    let log = Arc::clone(log);
    let (mut good, mut uses) = (0, 0);
    Script::start(move |_, request| {
        let mut log = log.lock().unwrap();
        if request.target == "/oauth/tokens" {
            assert!(
                request.body.contains(&format!("\"r{good}\"")),
                "an old token is exchanged: {}",
                request.body
            );
            (good, uses) = (good + 1, 0);
            log.push(format!("exchange {good}"));
            return Reply::Json(format!(r#"{{"access_token": "a{good}", "refresh_token": "r{good}"}}"#));
        }
        let token = request.authorization.strip_prefix("Bearer a").unwrap();
        log.push(format!("use {token}"));
        if uses == USES || *token != good.to_string() {
            return Reply::Status(401, "Unauthorized");
        }
        uses += 1;
        let (_, query) = request.target.split_once('?').unwrap();
        let cursor = super::parameter(query, "cursor").map_or(0, |cursor| cursor.parse().unwrap());
        Reply::Json(format!(
            r#"{{"tickets": [{{"id": {cursor}}}], "after_cursor": "{}", "end_of_stream": {}}}"#,
            cursor + 1,
            cursor == 9
        ))
    })
}

#[tokio::test]
async fn a_pair_is_stored_before_it_is_used_and_exchanged_once() {
    let log = Arc::new(Mutex::new(Vec::new()));
    let script = script(&log);
    let store = Arc::clone(&log);
    let auth =
        Auth::oauth(OAuth::new("app", "its secret", Tokens::new("a0", "r0"), move |tokens: &Tokens| {
            store.lock().unwrap().push(format!("store {}", &tokens.access_token()[1..]));
            Ok(())
        }));
    let client = script.builder().auth(auth).rate_limits(false).build().unwrap();
    let running: Vec<_> = (0..3)
        .map(|_| {
            let export =
                client.clone().export(incremental_export::tickets_by_cursor().start_time(at(5))).raw();
            tokio::spawn(async move { rest(&mut export.pages()).await })
        })
        .collect();
    for running in running {
        let (records, error) = running.await.unwrap();
        assert!(records.len() == 10 && error.is_none(), "{error:?}");
    }
    let log = log.lock().unwrap().clone();
    let pairs = 3 * 10 / USES;
    let at = |entry: String| {
        let places: Vec<_> = (0..log.len()).filter(|index| log[*index] == entry).collect();
        assert!(!places.is_empty(), "{entry} is missing in {log:?}");
        places
    };
    for number in 1..=pairs {
        let (exchanged, stored) = (at(format!("exchange {number}")), at(format!("store {number}")));
        assert_eq!((exchanged.len(), stored.len()), (1, 1), "{log:?}");
        let used = at(format!("use {number}"));
        assert!(exchanged[0] < stored[0] && stored[0] < used[0], "{log:?}");
    }
    assert!(!log.contains(&format!("exchange {}", pairs + 1)), "{log:?}");
}
