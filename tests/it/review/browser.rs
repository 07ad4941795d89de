//! The page in headless Chromium, if it is installed.

use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use super::Review;

/// Program names of the browser.
const NAMES: [&str; 3] = ["chromium", "chromium-browser", "google-chrome"];
/// The timeout for the browser.
const LIMIT: Duration = Duration::from_secs(90);

/// A script for a copy of the page. It reports whether the page fits its width with all details open, and how many
/// changes its filters show. The copy has no content security policy, which would block the script.
const PROBE: &str = r"
addEventListener('load', () => {
  const shown = (selector) => [...document.querySelectorAll(selector)].filter((node) => node.checkVisibility()).length;
  const result = {};
  document.getElementById('open-all').click();
  for (const details of document.querySelectorAll('details')) details.open = true;
  const root = document.documentElement;
  result.fits = root.scrollWidth <= root.clientWidth && document.body.scrollWidth <= root.clientWidth;
  const boxes = [...document.querySelectorAll('.both figure')].map((box) => box.getBoundingClientRect());
  result.beside = boxes.length > 1 && boxes[0].top === boxes[1].top;
  result.all = shown('.change');
  document.getElementById('show-addition').click();
  result.withoutAdditions = shown('.change');
  document.getElementById('show-addition').click();
  const find = document.getElementById('find');
  find.value = 'SHELF width';
  find.dispatchEvent(new Event('input'));
  setTimeout(() => {
    result.found = shown('.change');
    result.count = document.getElementById('found').value;
    parent.postMessage(JSON.stringify(result), '*');
  }, 500);
});
";

fn browser() -> Option<&'static str> {
    let is_installed = |name: &&&str| {
        let mut command = Command::new(name);
        command.arg("--version").stdout(Stdio::null()).stderr(Stdio::null());
        command.status().is_ok_and(|status| status.success())
    };
    let found = NAMES.iter().find(is_installed).copied();
    if found.is_none() {
        println!("skipped: none of {} is installed", NAMES.join(", "));
    }
    found
}

/// Returns the DOM of a page after its scripts have run, and the console messages.
fn open(browser: &str, page: &Path) -> (String, String) {
    let profile = tempfile::tempdir().unwrap();
    let (tree, log) = (profile.path().join("tree"), profile.path().join("log"));
    let mut child = Command::new(browser)
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--dump-dom", "--enable-logging=stderr"])
        .args(["--window-size=1400,900", "--virtual-time-budget=5000"])
        .arg(format!("--user-data-dir={}", profile.path().join("profile").display()))
        .arg(format!("file://{}", page.display()))
        .stdin(Stdio::null())
        .stdout(fs::File::create(&tree).unwrap())
        .stderr(fs::File::create(&log).unwrap())
        .spawn()
        .unwrap();
    wait(&mut child);
    let log = fs::read(&log).unwrap();
    let console: Vec<_> = String::from_utf8_lossy(&log)
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

/// The content security policy allows the page's own script and styles.
#[test]
fn the_page_loads_without_console_messages() {
    let Some(browser) = browser() else { return };
    let review = Review::of_the_example();
    let (tree, console) = open(browser, &review.path());
    assert_eq!(console, "");
    assert!(tree.contains("<html lang=\"en\" class=\"script\">"), "{}", &tree[..tree.len().min(300)]);
}

#[test]
fn the_page_fits_a_laptop_and_a_phone_and_can_be_searched() {
    let Some(browser) = browser() else { return };
    let review = Review::of_the_example();
    let page = fs::read_to_string(review.path()).unwrap();
    let policy = page.lines().find(|line| line.contains("Content-Security-Policy")).unwrap();
    let probed = page.replace(policy, "").replace("</body>", &format!("<script>{PROBE}</script></body>"));
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("probed.html"), probed).unwrap();
    for (width, beside) in [(1280, true), (390, false)] {
        // A frame can be as narrow as a phone, but a window can't.
        let frame = format!(
            "<!doctype html><script>addEventListener('message', (event) => {{ \
             document.getElementById('result').textContent = event.data; }});</script>\
             <iframe src=probed.html width={width} height=800></iframe><pre id=result></pre>"
        );
        let path = folder.path().join("frame.html");
        fs::write(&path, frame).unwrap();
        let (tree, console) = open(browser, &path);
        assert_eq!(console, "");
        let result =
            tree.split_once("<pre id=\"result\">").and_then(|(_, rest)| rest.split_once("</pre>")).unwrap().0;
        let result: serde_json::Value =
            serde_json::from_str(result).unwrap_or_else(|error| panic!("{error}: {tree}"));
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
            "count": format!("{found} of {}", changes.len()),
        });
        assert_eq!(result, expected, "at {width} pixels");
    }
}
