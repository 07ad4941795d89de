//! The order in which tokens are exchanged, stored and used.

use std::sync::{Arc, Mutex};

use zendesk_client::{Auth, OAuth, Tokens, incremental_export};

use super::at;
use super::remaining;
use super::scripted_server::{ScriptedResponse, ScriptedServer};

/// The number of requests that a token is valid for.
const USES: usize = 4;

/// Starts a server whose tokens are `a0`, `a1` and so on. It logs what happens.
fn scripted_server(log: &Arc<Mutex<Vec<String>>>) -> ScriptedServer {
    let log = Arc::clone(log);
    let (mut good, mut uses) = (0, 0);
    ScriptedServer::start(move |_, request| {
        let mut log = log.lock().unwrap();
        if request.target == "/oauth/tokens" {
            assert!(
                request.body.contains(&format!("\"r{good}\"")),
                "an old token is exchanged: {}",
                request.body
            );
            (good, uses) = (good + 1, 0);
            log.push(format!("exchange {good}"));
            return ScriptedResponse::Json(format!(
                r#"{{"access_token": "a{good}", "refresh_token": "r{good}"}}"#
            ));
        }
        let token = request.authorization.strip_prefix("Bearer a").unwrap();
        log.push(format!("use {token}"));
        if uses == USES || *token != good.to_string() {
            return ScriptedResponse::Status(401, "Unauthorized");
        }
        uses += 1;
        let (_, query) = request.target.split_once('?').unwrap();
        let cursor = super::parameter(query, "cursor").map_or(0, |cursor| cursor.parse().unwrap());
        ScriptedResponse::Json(format!(
            r#"{{"tickets": [{{"id": {cursor}}}], "after_cursor": "{}", "end_of_stream": {}}}"#,
            cursor + 1,
            cursor == 9
        ))
    })
}

#[tokio::test]
async fn tokens_are_stored_before_they_are_used_and_exchanged_once() {
    let log = Arc::new(Mutex::new(Vec::new()));
    let server = scripted_server(&log);
    let store = Arc::clone(&log);
    let auth =
        Auth::oauth(OAuth::new("app", "its secret", Tokens::new("a0", "r0"), move |tokens: &Tokens| {
            store.lock().unwrap().push(format!("store {}", &tokens.access_token()[1..]));
            Ok(())
        }));
    let client = server.builder().auth(auth).rate_limits(false).build().unwrap();
    let running: Vec<_> = (0..3)
        .map(|_| {
            let export =
                client.clone().export(incremental_export::tickets_by_cursor().start_time(at(5))).raw();
            tokio::spawn(async move { remaining(&mut export.pages()).await })
        })
        .collect();
    for running in running {
        let (records, error) = running.await.unwrap();
        assert!(records.len() == 10 && error.is_none(), "{error:?}");
    }
    let log = log.lock().unwrap().clone();
    let pairs = 3 * 10 / USES;
    let at = |entry: String| {
        let positions: Vec<_> = (0..log.len()).filter(|index| log[*index] == entry).collect();
        assert!(!positions.is_empty(), "{entry} is missing in {log:?}");
        positions
    };
    for number in 1..=pairs {
        let (exchanged, stored) = (at(format!("exchange {number}")), at(format!("store {number}")));
        assert_eq!((exchanged.len(), stored.len()), (1, 1), "{log:?}");
        let used = at(format!("use {number}"));
        assert!(exchanged[0] < stored[0] && stored[0] < used[0], "{log:?}");
    }
    assert!(!log.contains(&format!("exchange {}", pairs + 1)), "{log:?}");
}
