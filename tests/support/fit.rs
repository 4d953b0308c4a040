//! Whether the open page fits a phone of 360 pixels, and, with large text, old eyes and hands.

use serde_json::{Value, json};

use super::browser::Browser;

/// What sticks out, and what is too small once the text is large: one line each.
const MEASURE: &str = r"
    const root = document.documentElement, found = [];
    const name = (it) => it.outerHTML.replace(/\s+/g, ' ').slice(0, 120);
    const seen = (it) => it.checkVisibility({ visibilityProperty: true }) && it.getBoundingClientRect().width > 1;
    const fits = (look) => {
        if (root.scrollWidth <= root.clientWidth) return;
        found.push(`${look}: ${root.scrollWidth} pixels wide`);
        for (const it of document.body.querySelectorAll('*'))
            if (it.getBoundingClientRect().right > root.clientWidth + 1 && !it.closest('.scroll, .unseen, .skip'))
                found.push(`  sticks out: ${name(it)}`);
    };
    fits('plain');
    const large = root.classList.contains('elder');
    root.classList.add('elder');
    fits('large text');
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
        const it = texts.currentNode.parentElement;
        if (!texts.currentNode.data.trim() || !seen(it) || it.closest('svg')) continue;
        const size = parseFloat(getComputedStyle(it).fontSize);
        if (size < 18) found.push(`${size} pixels of text: ${name(it)}`);
    }
    const targets = 'button, a, summary, select, textarea, label.choice, ' +
        'input:not([type=hidden]):not([type=radio]):not([type=checkbox])';
    for (const it of document.querySelectorAll(targets)) {
        // A link within a sentence is as high as its line.
        if (!seen(it) || it.closest('.skip') || getComputedStyle(it).display === 'inline') continue;
        const height = it.getBoundingClientRect().height;
        if (height < 59.5) found.push(`a target of ${height} pixels: ${name(it)}`);
    }
    if (!large) root.classList.remove('elder');
    return found;";

/// Looks at the open page at the width of a phone.
pub(crate) async fn narrowed<T>(browser: &Browser, look: impl AsyncFnOnce() -> T) -> T {
    let cdp = browser.driver.cdp();
    let phone = json!({"width": 360, "height": 800, "deviceScaleFactor": 1, "mobile": false});
    let narrow = cdp.send_raw("Emulation.setDeviceMetricsOverride", phone);
    narrow.await.unwrap();
    let seen = look().await;
    let wide = cdp.send_raw("Emulation.clearDeviceMetricsOverride", json!({}));
    wide.await.unwrap();
    seen
}

/// Makes the browser a phone with bars above and below its page, held upright, from now on.
pub(crate) async fn held_upright(browser: &Browser) {
    let phone = json!({"width": 360, "height": 740, "deviceScaleFactor": 2, "mobile": true});
    let cdp = browser.driver.cdp();
    let held = cdp.send_raw("Emulation.setDeviceMetricsOverride", phone);
    held.await.unwrap();
}

/// Whatever of these stands partly outside the screen or under another part of the page, without anybody scrolling.
pub(crate) async fn out_of_sight(browser: &Browser, css: &str) -> Vec<String> {
    let script = format!(
        "return [...document.querySelectorAll('{css}')].filter((it) => it.checkVisibility()).flatMap((it) => {{
            const box = it.getBoundingClientRect();
            const within = box.top >= -1 && box.left >= -1 && box.right <= innerWidth + 1 && box.bottom <= innerHeight + 1;
            const ends = [[box.left + 4, box.top + 4], [box.right - 4, box.bottom - 4]];
            const open = ends.every(([x, y]) => it.contains(document.elementFromPoint(x, y)));
            const at = [box.left, box.top, box.right, box.bottom].map(Math.round).join(' ');
            return within && open ? [] : [`${{it.className}} ${{it.innerText}} at ${{at}} of ${{innerWidth}} × ${{innerHeight}}`];
        }})"
    );
    serde_json::from_value(browser.evaluate(&script).await).unwrap()
}

/// Measures the page at the width of a phone, in plain and in large text.
pub(crate) async fn misfits(browser: &Browser) -> Vec<String> {
    let found = narrowed(browser, async || browser.evaluate(MEASURE).await).await;
    let line = |item: &Value| item.as_str().map(str::to_owned);
    let items = found.as_array().expect("a list").iter();
    items.filter_map(line).collect()
}

/// Fails unless the open page fits, naming the page and what does not.
pub(crate) async fn assert_fits(browser: &Browser) {
    let found = misfits(browser).await;
    assert!(
        found.is_empty(),
        "{}:\n{}",
        browser.path().await,
        found.join("\n")
    );
}
