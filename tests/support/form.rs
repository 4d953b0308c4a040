//! The forms of a page as a browser without scripts would send them.

/// A form's address and the fields that stand in it already, the CSRF token among them.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Form {
    pub(crate) action: String,
    pub(crate) fields: Vec<(String, String)>,
}

impl Form {
    /// The first form whose action contains `part`; an empty part finds the page's first form.
    pub(crate) fn find(html: &str, part: &str) -> Option<Self> {
        html.split("<form").skip(1).find_map(|rest| {
            let (opening, body) = rest.split_once('>')?;
            let action = attribute(opening, "action").unwrap_or_default();
            let body = body.split("</form").next()?;
            let inputs = body.split("<input").skip(1).filter_map(standing);
            let chosen = body.split("<select").skip(1).filter_map(chosen);
            action.contains(part).then(|| Self {
                action,
                fields: inputs.chain(chosen).collect(),
            })
        })
    }

    /// Puts a value in place of those that stood under this name.
    pub(crate) fn set(&mut self, name: &str, value: &str) {
        self.fields.retain(|(standing, _)| standing != name);
        self.fields.push((name.to_owned(), value.to_owned()));
    }
}

/// Name and value of an input that is sent even if nobody touches it.
fn standing(rest: &str) -> Option<(String, String)> {
    let opening = rest.split('>').next()?;
    let kind = attribute(opening, "type").unwrap_or_default();
    let ticked = !["radio", "checkbox"].contains(&kind.as_str()) || opening.contains(" checked");
    let sent = ticked && kind != "submit";
    sent.then_some((
        attribute(opening, "name")?,
        attribute(opening, "value").unwrap_or_default(),
    ))
}

/// Name and value of a list from which something is chosen already.
fn chosen(rest: &str) -> Option<(String, String)> {
    let (opening, body) = rest.split_once('>')?;
    let options = body.split("</select").next()?.split("<option").skip(1);
    let mut openings = options.filter_map(|option| option.split('>').next());
    let value = openings.find(|option| option.ends_with(" selected"))?;
    Some((attribute(opening, "name")?, attribute(value, "value")?))
}

fn attribute(opening: &str, name: &str) -> Option<String> {
    let start = opening.find(&format!(" {name}=\""))? + name.len() + 3;
    let value = opening[start..].split('"').next()?;
    Some(unescape(value))
}

fn unescape(text: &str) -> String {
    [
        ("&quot;", "\""),
        ("&#x27;", "'"),
        ("&#x2F;", "/"),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&amp;", "&"),
    ]
    .iter()
    .fold(text.to_owned(), |text, (entity, plain)| {
        text.replace(entity, plain)
    })
}

#[test]
fn a_form_is_read_as_a_browser_reads_it() {
    let html = r#"<form method="post" action="/a"><input name="x" value="1"></form>
        <form method="post" action="&#x2F;b?q=1&amp;r=2">
        <input type="hidden" name="csrf" value="t"><input name="name" value="Wang &amp; Li">
        <input type="radio" name="way" value="court"><input type="radio" name="way" value="talk" checked>
        <input type="checkbox" name="agree" value="yes"><input type="submit" value="Go">
        <select name="area"><option value="a">A</option><option value="b" selected>B</option></select></form>"#;
    let mut form = Form::find(html, "/b").unwrap();
    form.set("name", "Zhao");
    let fields = [
        ("csrf", "t"),
        ("way", "talk"),
        ("area", "b"),
        ("name", "Zhao"),
    ];
    assert_eq!(
        form,
        Form {
            action: "/b?q=1&r=2".to_owned(),
            fields: fields
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .to_vec(),
        }
    );
    assert_eq!(Form::find(html, "").unwrap().action, "/a");
}
