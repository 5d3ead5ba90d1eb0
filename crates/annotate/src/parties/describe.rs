//! From a description to the party that it refers to: "the minister", "his campaign", "the bank". Not from pronouns.

use super::distinct::kind_of;
use super::lists::{self, spelled};
use super::nominal::{Description, Owner, Pronoun, pronoun};
use super::party::{PartyKind, ReasonKind};
use super::resolve::{Answer, Resolver, Spans, Unnamed, shares};
use super::salience::Scored;
use super::tables::{Gender, singular};
use super::works::work_nouns;

/// Classes of roles that a text gives to a person before it describes the person so.
const PREPARED: &[&str] = &[
    "spokesperson",
    "lawyer",
    "judge",
    "police",
    "aide",
    "diplomat",
    "clergy",
    "doctor",
    "relative",
    "journalist",
    "activist",
];

/// Nouns that mean only a body whose name has them, or a place.
const STRICT: &[&str] = &["administration", "campaign", "camp", "government", "state", "city", "town", "district"];

impl Resolver<'_, '_> {
    fn owner(&self, description: &Description) -> Option<usize> {
        match description.owner? {
            Owner::Name(name) => Some(self.of_name[name]),
            Owner::Noun => None,
            Owner::Pronoun(at) => {
                let gender = match pronoun(self.words, at) {
                    Some(Pronoun::He) => Gender::Man,
                    Some(Pronoun::She) => Gender::Woman,
                    _ => return None,
                };
                self.people(at, self.words.tokens[at].quoted, &[], Some(gender)).first().map(|best| best.entity)
            }
        }
    }

    pub fn described(&mut self, description: &Description, spans: &Spans) -> Answer {
        let Description { head, first, definite, plural, two, .. } = *description;
        let owner = self.owner(description);
        let lower = self.words.at(head).to_owned();
        let one = singular(&lower).filter(|_| plural).unwrap_or_else(|| lower.clone());
        let role = super::office::role_ending(self.words, self.tables, head)
            .filter(|(at, _)| *at >= first)
            .map(|(_, class)| class.to_owned())
            .or_else(|| self.tables.role(&one).map(str::to_owned));
        let bodies = self
            .tables
            .bodies
            .get(&self.words.joined(first, head))
            .or_else(|| self.tables.bodies.get(&lower))
            .cloned()
            .unwrap_or_default();
        let role = role.filter(|_| bodies.is_empty() || !self.body_role(&lower));
        let document = self.tables.documents.contains(&lower) || self.tables.documents.contains(&one);
        let kind = if document && role.is_none() {
            PartyKind::Document
        } else if !bodies.is_empty() && role.is_none() {
            kind_of(self.tables, &bodies)
        } else {
            PartyKind::Unnamed
        };
        let mut unnamed = Unnamed {
            kind,
            head: one.clone(),
            first,
            last: head,
            owner,
            definite,
            plural,
            words: self.words.joined(self.possessor(description, spans).unwrap_or(first), head),
            confidence: if definite { 0.6 } else { 0.9 },
        };
        let pair =
            two && (role.is_some() || lists::has(&["men", "women", "the", "both", "two", "friends", "rivals"], &lower));
        if plural && definite && pair
            || (plural && definite && first == head && lists::has(&["candidates", "nominees", "rivals"], &lower))
        {
            let mut scored = self.people(head, self.words.tokens[head].quoted, &spans.content, None);
            let class = role.as_deref().map(|role| format!("class:{role}")).unwrap_or_default();
            for one in &mut scored {
                // A pair is of those whom the text is about, and of those whom it gives the role.
                let entity = &self.entities[one.entity];
                let role =
                    entity.words.contains(&class) || entity.words.contains("nominee") && class == "class:candidate";
                one.score += (1.0 + entity.names.len() as f32).ln() * 0.8 + if role { 1.5 } else { 0.0 };
            }
            scored.sort_by(|one, other| other.score.total_cmp(&one.score).then(one.entity.cmp(&other.entity)));
            scored.truncate(2);
            if let [one, other] = scored.as_slice() {
                let together = vec![other.entity];
                let one = one.clone();
                return Answer { scored: vec![one], shares: vec![0.5], decided: true, together, ..Answer::default() };
            }
        }
        let campaign = lists::has(&["campaign", "administration", "camp", "team", "foundation"], &lower);
        if let Some(at) = owner.filter(|_| campaign).and_then(|owner| self.campaign_of(owner, &lower)) {
            return Self::found(at, first, head, ReasonKind::SameDescription, 0.8);
        }
        if plural || !definite {
            return Answer { unnamed: Some(unnamed), ..Answer::default() };
        }
        let anonymous = lists::has(
            &[
                "source",
                "official",
                "aide",
                "insider",
                "person",
                "member",
                "staffer",
                "operative",
                "employee",
                "resident",
                "observer",
                "witness",
            ],
            &one,
        );
        let class = role.as_deref().map(|role| format!("class:{role}")).unwrap_or_default();
        let friend = description.owner.is_some()
            && lists::has(&["friend", "colleague", "neighbor", "neighbour", "classmate", "roommate", "relative"], &one);
        if friend || self.indefinite_before(first, &lower, role.is_some()) {
            return Answer { unnamed: Some(unnamed), ..Answer::default() };
        }
        if role.is_some()
            && (anonymous || self.unnamed.contains(&one))
            && !(self.beside.contains(&one) || !anonymous && self.beside.contains(&class))
        {
            return Answer { unnamed: Some(unnamed), ..Answer::default() };
        }
        let quoted = self.words.tokens[head].quoted;
        let modifiers: Vec<&str> = (first..head)
            .map(|at| spelled(self.words.at(at)))
            .filter(|word| {
                word.len() > 2
                    && !lists::has(
                        &["former", "new", "own", "presidential", "longtime", "old", "current", "then", "late"],
                        word,
                    )
            })
            .collect();
        if role.is_none() && !bodies.is_empty() {
            if let Some(at) = self.named_kind(first, head, &bodies) {
                return Self::found(at, first, head, ReasonKind::SameDescription, 0.8);
            }
            if let Some(at) = self.body_owner(description, spans) {
                unnamed.owner = Some(at);
                return Answer { unnamed: Some(unnamed), ..Answer::default() };
            }
        }
        let mut far: Vec<String> = Vec::new();
        let scored = if let Some(class) = &role {
            let class = format!("class:{class}");
            let gender = self.tables.role_gender.get(&one).copied();
            let owned = description.owner.is_some();
            let noun = spelled(&one).to_owned();
            let alike: &[&str] = match noun.as_str() {
                "lawyer" | "attorney" | "counsel" => &["lawyer", "attorney", "counsel"],
                "congressman" | "congresswoman" | "representative" | "lawmaker" => {
                    &["representative", "congressman", "congresswoman"]
                }
                "nominee" | "candidate" => &["nominee", "candidate"],
                "professor" | "economist" | "researcher" => &["professor", "economist", "researcher"],
                "physician" | "doctor" => &["physician", "doctor"],
                "spokesman" | "spokeswoman" | "spokesperson" => &["spokesman", "spokeswoman", "spokesperson"],
                "businessman" | "billionaire" | "mogul" | "developer" | "magnate" | "tycoon" => {
                    &["businessman", "billionaire", "mogul", "developer", "magnate", "tycoon"]
                }
                "wife" | "ex-wife" => &["wife", "ex-wife"],
                "husband" | "ex-husband" => &["husband", "ex-husband"],
                _ => &[],
            };
            far.push(noun.clone());
            far.extend(alike.iter().map(|word| (*word).to_owned()));
            let phrase: Vec<&str> = super::office::role_ending(self.words, self.tables, head)
                .filter(|(start, _)| *start >= first)
                .map_or(head..head, |(start, _)| start..head)
                .filter(|at| self.words.tokens[*at].lower.len() > 2)
                .map(|at| self.words.at(at))
                .collect();
            // The text says of somebody that they are a spokesman or a judge before it calls them so.
            let prepared = noun != "lady" && lists::has(PREPARED, class.trim_start_matches("class:"));
            let office = lists::has(
                &["head-of-state", "head-of-government", "minister", "legislator"],
                class.trim_start_matches("class:"),
            );
            let local = self.local_subject(first);
            let here = self.subjects_here(first);
            self.discourse.candidates(self.words, &self.entities, head, quoted, &spans.content, |index, entity| {
                if !entity.is_person()
                    || owner == Some(index)
                    || (class == "class:relative" && gender.is_some() && entity.gender != gender)
                    || gender.is_some_and(|wanted| entity.gender.is_some_and(|own| own != wanted))
                {
                    return None;
                }
                let whole = phrase.iter().all(|word| entity.words.contains(*word));
                let same =
                    whole && entity.words.contains(&noun) || alike.iter().any(|word| entity.words.contains(*word));
                let family = class == "class:relative"
                    && owner.is_some_and(|owner| {
                        self.entities[owner].key.len() > 1
                            && entity.key.len() > 1
                            && self.entities[owner].key.last() == entity.key.last()
                            && gender.is_some()
                            && entity.gender == gender
                    });
                let same = same || family;
                let near = entity.words.contains(&class);
                let mut weight = if same {
                    3.0
                } else if near {
                    1.5
                } else {
                    -0.2
                };
                if !same && !near && !entity.offices.is_empty() {
                    weight -= if office { 1.6 } else { 0.8 };
                }
                if !same && entity.person < 1.2 {
                    weight -= 0.8;
                }
                if !same && lists::has(&["man", "woman"], &noun) {
                    weight -= 1.5;
                }
                if local == Some(index) {
                    weight -= 1.5;
                }
                if here.contains(&index) {
                    weight -= 0.5;
                }
                if !same {
                    weight += 0.35 * (entity.names.len() as f32).ln();
                }
                for word in &modifiers {
                    let country = self.tables.demonyms.get(*word);
                    if entity.words.contains(*word) || country.is_some_and(|country| entity.words.contains(country)) {
                        weight += 1.3;
                    } else if (*word == "republican" && lists::any(&entity.words, &["democrat", "democratic"]))
                        || (lists::has(&["democratic", "democrat"], word) && lists::any(&entity.words, &["republican"]))
                    {
                        weight -= 2.0;
                    }
                }
                if owned && !same || prepared && !same && !near {
                    return None;
                }
                (same || near || !owned).then_some(weight)
            })
        } else if !bodies.is_empty() {
            far.push(lower.clone());
            let told = self.beside.contains(&lower);
            self.discourse.candidates(self.words, &self.entities, head, quoted, &spans.content, |index, entity| {
                if self.surely_person(entity) {
                    return None;
                }
                if entity.kind == PartyKind::Document {
                    return self.is_work(index, &lower).then_some(3.0);
                }
                let class = |word: &String| {
                    self.tables.heads.get(word).is_some_and(|heads| heads.iter().any(|head| bodies.contains(head)))
                };
                if self.set_apart(entity, &modifiers) {
                    return None;
                }
                let names_it = entity.key.contains(&lower) || entity.words.contains(&lower);
                let named = entity.stands_for.as_deref().map(super::tables::key);
                let stands = named.as_deref().is_some_and(|name| {
                    name.split(' ').any(|word| {
                        word == lower
                            || self
                                .tables
                                .heads
                                .get(word)
                                .is_some_and(|heads| heads.iter().any(|head| bodies.contains(head)))
                    })
                });
                let body = |name: &str| bodies.iter().any(|class| self.tables.body_names[*class] == name);
                let kind = match entity.kind {
                    PartyKind::Outlet => body("website") && entity.key.len() == 1 || lower == "outlet",
                    PartyKind::Agency => body("wire"),
                    PartyKind::Government if entity.place => {
                        if entity.city {
                            body("city")
                        } else {
                            body("government") || lower == "state"
                        }
                    }
                    _ => false,
                };
                // Nouns that say of which body they speak, or nothing.
                let strict = lists::has(STRICT, &lower);
                if (strict || matches!(entity.kind, PartyKind::Outlet | PartyKind::Agency))
                    && !(names_it || stands || kind || !strict && entity.key.iter().any(class))
                {
                    return None;
                }
                let mut weight = if names_it {
                    3.0
                } else if entity.key.iter().any(class) || stands || kind {
                    if told { 1.0 } else { 2.0 }
                } else {
                    -1.5
                };
                if matches!(entity.kind, PartyKind::Government) && entity.place && !kind {
                    return None;
                }
                if weight < 0.0
                    && matches!(entity.kind, PartyKind::Institution)
                    && (body("company") || body("group") || body("agency") || body("bank"))
                {
                    weight += 1.2;
                }
                for word in &modifiers {
                    if entity.key.iter().any(|part| part == word) {
                        weight += 1.0;
                    }
                }
                Some(weight)
            })
        } else if document {
            far.extend(work_nouns(&one).iter().map(|word| (*word).to_owned()));
            self.discourse.candidates(self.words, &self.entities, head, quoted, &spans.content, |index, entity| {
                let last = self.discourse.seen.iter().rev().find(|seen| self.is_work(seen.entity, &one));
                let this =
                    first > 0 && self.words.at(first - 1) == "this" && last.is_some_and(|seen| seen.entity == index);
                (entity.kind == PartyKind::Document && self.is_work(index, &one)).then_some(if this {
                    4.0
                } else {
                    2.5
                })
            })
        } else {
            Vec::new()
        };
        let floor = match role.as_deref() {
            Some(
                "candidate" | "legislator" | "head-of-state" | "head-of-government" | "executive" | "person"
                | "official",
            ) => 1.4,
            Some(_) => 2.4,
            None => 2.4,
        };
        let shares = shares(&scored, 1.0);
        match (scored.first(), shares.first()) {
            (Some(best), Some(share)) if best.score > floor => {
                let strong = (best.score - floor).min(3.0) / 3.0;
                let reason = if strong > 0.5 { ReasonKind::SameDescription } else { ReasonKind::Described };
                let share = share * (0.55 + 0.4 * strong);
                let mut scored = scored;
                scored[0].reasons.insert(0, (reason, first, head));
                let mut all: Vec<f32> = shares.iter().map(|other| other * 0.7).collect();
                all[0] = share;
                Answer { scored, shares: all, decided: true, mention: Some((first, head, false)), ..Answer::default() }
            }
            _ => {
                let nouns: Vec<&str> = far.iter().map(String::as_str).collect();
                let far = self
                    .elsewhere(
                        first,
                        head,
                        &nouns,
                        role.is_some(),
                        document && role.is_none() && bodies.is_empty(),
                        owner,
                    )
                    .filter(|far| bodies.is_empty() || !self.set_apart(&self.entities[far.entity], &modifiers))
                    .filter(|_| !matches!(description.owner, Some(Owner::Pronoun(_))));
                if let Some(far) = far {
                    return Self::found(far.entity, far.reasons[0].1, head, ReasonKind::SameDescription, 0.5)
                        .at(first, head);
                }
                unnamed.confidence = if owner.is_some() { 0.75 } else { 0.55 };
                Answer { unnamed: Some(unnamed), ..Answer::default() }
            }
        }
    }

    fn found(entity: usize, first: usize, last: usize, reason: ReasonKind, share: f32) -> Answer {
        let scored = vec![Scored { entity, score: 3.0, reasons: vec![(reason, first, last)] }];
        Answer { scored, shares: vec![share], decided: true, mention: Some((first, last, false)), ..Answer::default() }
    }

    /// "the Clinton campaign" for the campaign of the party that is named Clinton.
    fn campaign_of(&self, owner: usize, noun: &str) -> Option<usize> {
        let last = self.entities[owner].key.last()?;
        self.campaigns.get(&(last.clone(), noun.to_owned())).copied()
    }
}
