//! How other sites see a page: its picture and what search engines read of it.
//!
//! Input: [`Linked`] and the interface's words. Output: addresses and JSON-LD as text.
//! Responsibility: everything here needs absolute addresses, so nothing of it is there without
//! `site.url`, and no page pays for it.

use serde_json::{Map, Value, json};

use super::build::{Entity, MOST_LEVELS, Views};
use crate::kind::PageKind;
use crate::link::Linked;
use crate::model::{Curriculum, description};
use crate::picture::Picture;
use crate::time::{TimeSpan, Unit};
use crate::tree::PageNo;
use crate::words::{Argument, Words};

/// The most stages that have a picture of their own; drawing them would else be most of a build.
const MOST_PICTURES: usize = 200;
/// The picture of every other page.
const SITE_PICTURE: &str = "previews/site.png";

/// All pictures by path; none where nobody can be told their address.
#[must_use]
pub fn pictures(linked: &Linked, words: &Words) -> Vec<(String, Picture)> {
    let curriculum = &linked.curriculum;
    let config = &curriculum.config;
    let Some(url) = &config.site_url else { return Vec::new() };
    let address = url.split_once("://").map_or(url.as_str(), |(_, rest)| rest);
    let site = Picture {
        kicker: config.authors.join(", "),
        title: config.title.clone(),
        below: address.trim_end_matches('/').to_owned(),
        level: 0,
    };
    let mut pictures = vec![(SITE_PICTURE.to_owned(), site)];
    if curriculum.stages.len() > MOST_PICTURES {
        return pictures;
    }
    for stage in &curriculum.stages {
        let page = &curriculum.pages[stage.page];
        let number = page.number.clone().unwrap_or_default();
        let kicker = words.get("stage-number", &[("number", Argument::Text(&number))]);
        pictures.push((
            stage_picture(curriculum, stage.page),
            Picture {
                kicker: if number.is_empty() { String::new() } else { kicker },
                title: page.title.clone(),
                below: config.title.clone(),
                level: stage.level + 1,
            },
        ));
    }
    pictures
}

fn stage_picture(curriculum: &Curriculum, stage: PageNo) -> String {
    format!("previews/{}.png", curriculum.pages[stage].key.id)
}

impl Views<'_> {
    /// The absolute address of the picture to show beside a link to a page.
    pub(super) fn picture(&self, stage: Option<usize>) -> Option<String> {
        let curriculum = &self.linked.curriculum;
        let url = curriculum.config.site_url.as_ref()?;
        let few = curriculum.stages.len() <= MOST_PICTURES;
        let path = match stage.filter(|_| few) {
            Some(stage) => stage_picture(curriculum, curriculum.stages[stage].page),
            None => SITE_PICTURE.to_owned(),
        };
        Some(format!("{url}{path}"))
    }

    /// What search engines read of a page, as JSON-LD.
    pub(super) fn structured(&self, no: PageNo, entity: Entity) -> Option<String> {
        let curriculum = &self.linked.curriculum;
        let config = &curriculum.config;
        let url = self.canonical(&self.linked.pages[no].url)?;
        let page = &curriculum.pages[no];
        let course = json!({ "@type": "Course", "name": config.title, "url": config.site_url });
        let mut out = Map::new();
        out.insert("@context".into(), json!("https://schema.org"));
        let kind = if page.key.kind == PageKind::Home { "Course" } else { "LearningResource" };
        out.insert("@type".into(), json!(kind));
        let name = if page.key.kind == PageKind::Home { &config.title } else { &page.title };
        out.insert("name".into(), json!(name));
        out.insert("url".into(), json!(url));
        out.insert("inLanguage".into(), json!(config.language));
        let text = description(&page.draft)
            .or_else(|| config.description.clone().filter(|_| page.key.kind == PageKind::Home));
        // Search engines want a sentence about every course.
        out.insert("description".into(), json!(text.unwrap_or_else(|| name.clone())));
        if let Some(license) = &config.license {
            out.insert("license".into(), json!(license_address(license)));
        }
        let authors: Vec<Value> =
            config.authors.iter().map(|name| json!({ "@type": "Person", "name": name })).collect();
        if !authors.is_empty() {
            out.insert("author".into(), json!(authors));
        }
        if page.key.kind == PageKind::Home {
            let provider = config.authors.first().unwrap_or(&config.title);
            let provider =
                json!({ "@type": "Organization", "name": provider, "url": config.site_url });
            out.insert("provider".into(), provider);
        } else {
            out.insert("isPartOf".into(), course);
        }
        out.extend(self.facts(entity));
        let text = Value::Object(out).to_string();
        // Nothing in it may end the element that holds it.
        Some(text.replace('<', "\\u003c"))
    }

    /// What only a page's kind has.
    fn facts(&self, entity: Entity) -> Map<String, Value> {
        let curriculum = &self.linked.curriculum;
        let mut facts = Map::new();
        let (kind, duration) = match entity {
            Entity::Home => {
                // Nothing on a page grows with the number of pages.
                if curriculum.levels.len() <= MOST_LEVELS {
                    let levels = curriculum.levels.iter().map(|level| level.page);
                    facts.insert("hasPart".into(), self.parts(levels));
                }
                return facts;
            }
            Entity::Level(level) => {
                let level = &curriculum.levels[level];
                let stages = curriculum.stages[level.stages.clone()].iter();
                facts.insert("hasPart".into(), self.parts(stages.map(|stage| stage.page)));
                ("level", level.fields.duration)
            }
            Entity::Stage(stage) => ("stage", curriculum.stages[stage].fields.duration),
            Entity::Project(project) => {
                let fields = &curriculum.projects[project].fields;
                (fields.kind.name(), fields.hours)
            }
            Entity::Source(_) => ("reading", None),
            Entity::Tracking(_) => ("checklist", None),
            Entity::Glossary => ("glossary", None),
            Entity::Article => ("article", None),
        };
        facts.insert("learningResourceType".into(), json!(kind));
        if let Some(time) = duration.and_then(required) {
            facts.insert("timeRequired".into(), json!(time));
        }
        facts
    }

    fn parts(&self, pages: impl Iterator<Item = PageNo>) -> Value {
        let parts = pages.map(|page| {
            json!({
                "@type": "LearningResource",
                "name": self.linked.curriculum.pages[page].title,
                "url": self.canonical(&self.linked.pages[page].url),
            })
        });
        Value::Array(parts.collect())
    }
}

/// The longest that something takes, as ISO 8601 has it.
fn required(span: TimeSpan) -> Option<String> {
    let max = span.max;
    Some(match span.unit {
        Unit::Hours => format!("PT{max}H"),
        Unit::Days => format!("P{max}D"),
        Unit::Weeks => format!("P{max}W"),
        Unit::Months => format!("P{max}M"),
        Unit::Years => format!("P{max}Y"),
    })
    .filter(|_| max > 0)
}

/// Where a licence can be read.
fn license_address(license: &str) -> String {
    let is_one = license.bytes().all(|b| b.is_ascii_alphanumeric() || b"-.+".contains(&b));
    if is_one { format!("https://spdx.org/licenses/{license}.html") } else { license.to_owned() }
}
