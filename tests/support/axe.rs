//! Accessibility of the page that is open, judged by axe-core.

use serde_json::Value;

use super::browser::Browser;

/// What axe-core calls serious or critical, one line a violation with the elements it found.
pub(crate) async fn serious_violations(browser: &Browser) -> Vec<String> {
    let library = std::fs::read_to_string(super::tool("HEYI_AXE")).unwrap();
    // WebDriver's scripts do not fall under the page's own Content-Security-Policy.
    browser.evaluate(&format!("{library}; return true")).await;
    let script = "
        const done = arguments[arguments.length - 1];
        axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => done(
            violations
                .filter(({ impact }) => impact === 'serious' || impact === 'critical')
                .map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map((node) => node.html).join(' ')}`)
        ), (error) => done([String(error)]))";
    let found = browser
        .driver
        .execute_async(script, Vec::new())
        .await
        .unwrap();
    let lines = |value: &Value| -> Option<Vec<String>> {
        let items = value.as_array()?.iter();
        items.map(|item| item.as_str().map(str::to_owned)).collect()
    };
    lines(found.json()).expect("axe-core gives a list")
}

/// Fails unless the open page is clean, naming the page and what is wrong.
pub(crate) async fn assert_accessible(browser: &Browser) {
    let found = serious_violations(browser).await;
    assert!(
        found.is_empty(),
        "{}:\n{}",
        browser.path().await,
        found.join("\n")
    );
}
