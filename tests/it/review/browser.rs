//! The page in a browser, where there is one: Chromium, without a window.

use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use super::Review;

/// Names by which the browser may be found.
const NAMES: [&str; 3] = ["chromium", "chromium-browser", "google-chrome"];
/// How long it may take.
const LIMIT: Duration = Duration::from_secs(90);

/// What a copy of the page tells of itself: whether it fits its width, with everything opened, and what its filters
/// leave. The copy has no policy, which would refuse this script.
const PROBE: &str = r"
addEventListener('load', () => {
  const shown = (selector) => [...document.querySelectorAll(selector)].filter((node) => node.checkVisibility()).length;
  const told = {};
  document.getElementById('open-all').click();
  for (const details of document.querySelectorAll('details')) details.open = true;
  const root = document.documentElement;
  told.fits = root.scrollWidth <= root.clientWidth && document.body.scrollWidth <= root.clientWidth;
  const boxes = [...document.querySelectorAll('.both figure')].map((box) => box.getBoundingClientRect());
  told.beside = boxes.length > 1 && boxes[0].top === boxes[1].top;
  told.all = shown('.change');
  document.getElementById('show-addition').click();
  told.withoutAdditions = shown('.change');
  document.getElementById('show-addition').click();
  const find = document.getElementById('find');
  find.value = 'SHELF width';
  find.dispatchEvent(new Event('input'));
  setTimeout(() => {
    told.found = shown('.change');
    told.said = document.getElementById('found').value;
    parent.postMessage(JSON.stringify(told), '*');
  }, 500);
});
";

fn browser() -> Option<&'static str> {
    let answers = |name: &&&str| {
        let mut command = Command::new(name);
        command.arg("--version").stdout(Stdio::null()).stderr(Stdio::null());
        command.status().is_ok_and(|status| status.success())
    };
    let found = NAMES.iter().find(answers).copied();
    if found.is_none() {
        println!("skipped: none of {} is installed", NAMES.join(", "));
    }
    found
}

/// The tree of a page after its scripts have run, and what the console says.
fn open(browser: &str, page: &Path) -> (String, String) {
    let profile = tempfile::tempdir().unwrap();
    let (tree, said) = (profile.path().join("tree"), profile.path().join("said"));
    let mut child = Command::new(browser)
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--dump-dom", "--enable-logging=stderr"])
        .args(["--window-size=1400,900", "--virtual-time-budget=5000"])
        .arg(format!("--user-data-dir={}", profile.path().join("profile").display()))
        .arg(format!("file://{}", page.display()))
        .stdin(Stdio::null())
        .stdout(fs::File::create(&tree).unwrap())
        .stderr(fs::File::create(&said).unwrap())
        .spawn()
        .unwrap();
    wait(&mut child);
    let said = fs::read(&said).unwrap();
    let console: Vec<_> = String::from_utf8_lossy(&said)
        .lines()
        .filter(|line| line.contains("CONSOLE"))
        .map(str::to_owned)
        .collect();
    (fs::read_to_string(&tree).unwrap(), console.join("\n"))
}

fn wait(child: &mut Child) {
    let start = Instant::now();
    while child.try_wait().unwrap().is_none() {
        if start.elapsed() > LIMIT {
            child.kill().unwrap();
            child.wait().unwrap();
            panic!("the browser didn't end within {LIMIT:?}");
        }
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// The page's own script and styles are let in by its policy.
#[test]
fn the_page_loads_without_a_complaint() {
    let Some(browser) = browser() else { return };
    let review = Review::of_the_example();
    let (tree, console) = open(browser, &review.path());
    assert_eq!(console, "");
    assert!(tree.contains("<html lang=\"en\" class=\"script\">"), "{}", &tree[..tree.len().min(300)]);
}

#[test]
fn it_fits_a_laptop_and_a_phone_and_can_be_searched() {
    let Some(browser) = browser() else { return };
    let review = Review::of_the_example();
    let page = fs::read_to_string(review.path()).unwrap();
    let policy = page.lines().find(|line| line.contains("Content-Security-Policy")).unwrap();
    let probed = page.replace(policy, "").replace("</body>", &format!("<script>{PROBE}</script></body>"));
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("probed.html"), probed).unwrap();
    for (width, beside) in [(1280, true), (390, false)] {
        // A window can't be as narrow as a phone, a frame can.
        let frame = format!(
            "<!doctype html><script>addEventListener('message', (event) => {{ \
             document.getElementById('told').textContent = event.data; }});</script>\
             <iframe src=probed.html width={width} height=800></iframe><pre id=told></pre>"
        );
        let path = folder.path().join("frame.html");
        fs::write(&path, frame).unwrap();
        let (tree, console) = open(browser, &path);
        assert_eq!(console, "");
        let told =
            tree.split_once("<pre id=\"told\">").and_then(|(_, rest)| rest.split_once("</pre>")).unwrap().0;
        let told: serde_json::Value =
            serde_json::from_str(told).unwrap_or_else(|error| panic!("{error}: {tree}"));
        let changes = &review.comparison.changes;
        let count = |wanted: &dyn Fn(&codegen::diff::Change) -> bool| {
            changes.iter().filter(|change| wanted(change)).count()
        };
        let others = count(&|change| change.kind.effect() != codegen::diff::Effect::Addition);
        let found = count(&|change| change.subject.contains("Shelf.width"));
        let expected = serde_json::json!({
            "fits": true,
            "beside": beside,
            "all": changes.len(),
            "withoutAdditions": others,
            "found": found,
            "said": format!("{found} of {}", changes.len()),
        });
        assert_eq!(told, expected, "at {width} pixels");
    }
}
