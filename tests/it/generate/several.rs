//! Several generated crates in one program share one runtime, so a function can work with all of them.

use std::fs;

use serde_json::Value;
use xtask::corpus::copy_lock;

use super::sandbox::{API, cargo};
use crate::project;

const MAIN: &str = r#"//! Calls two generated APIs, and the project's own, by the same function.

use clientwright_runtime::{Client, Error, IntoRequest};

async fn ask<R: IntoRequest>(client: &Client, request: R) -> Result<R::Output, Error> {
    client.send(request).await
}

pub async fn both(
    pets: &several_pets::Client,
    hats: &several_hats::Client,
    zendesk: &zendesk_client::Client,
) -> Result<(), Error> {
    let pet: several_pets::models::Pet = ask(pets, several_pets::pets::list_pets()).await?;
    let hat: several_hats::models::Pet = ask(hats, several_hats::pets::list_pets()).await?;
    println!("{:?} {:?}", pet.name, hat.name);
    ask(zendesk, zendesk_client::routing::list_attributes()).await?;
    Ok(())
}

/// The types of the runtime are the same in every crate.
pub fn error(error: several_pets::Error) -> zendesk_client::Error {
    error
}

fn main() {}
"#;

#[test]
fn several_crates_share_one_runtime() {
    let folder = project::root().join("target/compiled/several");
    let _ = fs::remove_dir_all(&folder);
    let write = |path: &str, text: &str| {
        fs::create_dir_all(folder.join(path).parent().unwrap()).unwrap();
        fs::write(folder.join(path), text).unwrap();
    };
    for name in ["pets", "hats"] {
        write(&format!("{name}.yaml"), &API.replace("title: Pets", &format!("title: {name}")));
        let description = folder.join(format!("{name}.yaml"));
        project::make_crate(&description, &folder.join(name), &format!("several-{name}"));
    }
    let path = |path: &str| project::root().join(path).display().to_string();
    write(
        "program/Cargo.toml",
        &format!(
            "[workspace]\n\n[package]\nname = \"several-program\"\nedition = \"2024\"\n\n[dependencies]\n\
             several-pets = {{ path = \"../pets\" }}\nseveral-hats = {{ path = \"../hats\" }}\n\
             zendesk-client = {{ path = {:?} }}\nclientwright-runtime = {{ path = {:?} }}\n",
            path("generated"),
            path("codegen/runtime")
        ),
    );
    write("program/src/main.rs", MAIN);
    let program = folder.join("program");
    copy_lock(&project::root(), &program).unwrap();
    let checked = cargo(&program, &["check", "--quiet"]);
    assert_eq!((checked.code, checked.stderr.as_str()), (Some(0), ""));

    let metadata = cargo(&program, &["metadata", "--format-version", "1"]);
    let metadata: Value = serde_json::from_str(&metadata.stdout).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    let runtimes = packages.iter().filter(|package| package["name"] == "clientwright-runtime").count();
    assert_eq!(runtimes, 1);
}
