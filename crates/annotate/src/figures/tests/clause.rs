//! What the clause says of a figure: roles, scopes, and the noun before it.

use super::*;

/// "agent > verb > patient" of the first figure with roles, "-" where a role is open.
fn check_roles(text: &str, expect: &str) {
    let (figures, _) = read(text);
    let words = |range: Option<TextRange>| range.and_then(|range| range.slice(text)).unwrap_or("-");
    let found = figures.iter().find_map(|figure| figure.roles).map(|roles| {
        let negated = roles.negated.map(|_| "not ").unwrap_or_default();
        format!("{} > {negated}{} > {}", words(roles.agent), words(Some(roles.verb)), words(roles.patient))
    });
    assert_eq!(found.as_deref().unwrap_or("none"), expect, "{text}");
}

fn check_scopes(text: &str, expect: &[&str]) {
    let (figures, _) = read(text);
    let found: Vec<_> = figures[0]
        .scopes
        .iter()
        .map(|scope| format!("{:?} {}", scope.kind, scope.range.slice(text).unwrap()).to_lowercase())
        .collect();
    assert_eq!(found, expect.iter().map(|words| words.to_lowercase()).collect::<Vec<_>>(), "{text}");
}

#[test]
fn roles_active_and_passive() {
    check_roles("Orland intercepted 84 Veskan drones.", "Orland > intercepted > 84 Veskan drones");
    check_roles("84 drones were shot down by Orland.", "Orland > shot down > 84 drones");
    check_roles(
        "84 drones over the bay were intercepted by the Ministry of Works on Monday.",
        "the Ministry of Works > intercepted > 84 drones",
    );
    check_roles("Veska claimed to intercept 84 drones aimed at Orland.", "Veska > intercept > 84 drones");
    check_roles("The army did not kill 12 civilians.", "The army > not kill > 12 civilians");
    check_roles("Orland failed to stop 12 boats.", "Orland > not stop > 12 boats");
    check_roles("12 soldiers killed three civilians.", "12 soldiers > killed > three civilians");
    check_roles("A gunman who killed three children fled.", "A gunman > killed > three children");
    check_roles("Between 20 and 30 people died.", "- > died > Between 20 and 30 people");
    check_roles("At least 12 people were killed on Thursday.", "- > killed > At least 12 people");
    check_roles("84 drones were shot down by Thursday.", "- > shot down > 84 drones");
    check_roles("The blast tore down walls, killing 12 people.", "- > killing > 12 people");
    check_roles("The ministry spoke of 84 drones.", "none");
    check_roles("In the attack on 12 villages, nothing burned.", "none");
}

#[test]
fn scopes_of_the_clause() {
    check_scopes(
        "84 Veskan drones fell near Lower Orsk over the weekend.",
        &["side Veskan", "place near Lower Orsk", "time over the weekend"],
    );
    check_scopes(
        "Since January, 12 people died in the Western District of Orland.",
        &["time Since January", "place in the Western District of Orland"],
    );
    check_scopes("As of Saturday, 12 had died on both sides.", &["time As of Saturday", "side on both sides"]);
}

#[test]
fn the_noun_before_a_measure() {
    check(
        "Wind speeds reached 185 mph (~295 km/h).",
        &[
            "[185 mph] 185 mile per hour; counts Wind speeds",
            "[295 km/h] 295 kilometre per hour; about ~; counts again Wind speeds",
        ],
    );
    check(
        "Its winds are only predicted to reach about 75 miles per hour.",
        &["[75 miles per hour] 75 mile per hour; about about; counts winds"],
    );
    check(
        "Unemployment rose to 5.6 per cent from 5.4 per cent.",
        &["[5.6 per cent] 5.6 %; counts Unemployment", "[5.4 per cent] 5.4 %; counts again Unemployment"],
    );
    check("a storm surge of three to six feet", &["[three to six feet] 3..6 foot; counts storm surge"]);
    check("The number of justices remained at nine.", &["[nine] 9; counts justices"]);
    check("A population of 50,000 lives there.", &["[50,000] 50000; counts population"]);
    check(
        "It has a record number of women, 102, and four boats.",
        &[
            "[a record number of] ~..; counts women; extreme record",
            "[102] 102; counts again women",
            "[four] 4; counts boats",
        ],
    );
    check("Ada Vane, the former minister, was 90.", &["[90] 90; age"]);
    check(
        "The magnitude was 5.5; the survey reported 5.8.",
        &["[5.5] 5.5 magnitude; counts magnitude", "[5.8] 5.8 magnitude; counts again magnitude"],
    );
    check("a magnitude-6.2 earthquake", &["[magnitude-6.2] 6.2 magnitude; counts earthquake"]);
    check("$500,000 worth of grain", &["[$500,000] 500000 USD?; counts grain"]);
    check("It was ahead by 50 to 48 percent.", &["[50] 50 %", "[48 percent] 48 %"]);
}

#[test]
fn the_noun_of_a_pair() {
    check("Deaths fell from 500 to 471.", &["[500] 500; counts Deaths", "[471] 471; counts again Deaths"]);
    check("He cut the number of boats from 190 to 61.", &["[190] 190; counts boats", "[61] 61; counts again boats"]);
    check("One out of every four voters was out.", &["[One out of every four] 1/4 share; counts voters"]);
    check("It got $3 million in emergency funding.", &["[$3 million] 3000000 USD?; counts emergency funding"]);
    check("At 70, he called 911; Ada Vane, then 18, ran.", &["[70] 70; age", "[18] 18; age"]);
    check("Polls had Vane leading Orsk 48-41.", &["[48-41] 48/41; score"]);
}

#[test]
fn times_and_remainders() {
    check("All but one of the member states signed.", &["[one] 1; allbut All but; part of member states"]);
    check("Twice as many people came.", &["[Twice] 2 times"]);
    check("It is four times the size, and rose threefold.", &["[four times] 4 times", "[threefold] 3 times"]);
    check("They won four times.", &["[four] 4; counts times"]);
    check("a notebook from one victim, and three boats", &["[one] 1; counts victim", "[three] 3; counts boats"]);
    check("He did one task in one place.", &[]);
}
