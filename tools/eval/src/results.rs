//! The committed tables of scores, and the floors below which they must not fall.

use std::collections::BTreeMap;
use std::error::Error;
use std::path::PathBuf;

use serde::Deserialize;

use crate::slices;

/// What is known about one score: stage, data, metric.
type Key = (String, String, String);

struct Score {
    value: f64,
    interval: Option<(f64, f64)>,
    pipeline: String,
}

/// `results.csv`, with the scores of this run in place of older ones.
pub struct Results {
    folder: PathBuf,
    scores: BTreeMap<Key, Score>,
    fresh: Vec<Key>,
    slices: Vec<(String, Vec<String>)>,
    /// First digits of the digest of what was scored.
    pub pipeline: String,
}

#[derive(Deserialize)]
struct Floors {
    floor: Vec<Floor>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Floor {
    stage: String,
    data: String,
    metric: String,
    at_least: f64,
}

const HEADER: &str = "stage,data,metric,value,low,high,pipeline";

impl Results {
    pub fn open(folder: PathBuf) -> Result<Self, Box<dyn Error>> {
        let path = folder.join("results.csv");
        let mut scores = BTreeMap::new();
        let table = if path.exists() { std::fs::read_to_string(&path)? } else { String::new() };
        for line in table.lines().skip(1) {
            let cells: Vec<_> = line.split(',').collect();
            let [stage, data, metric, value, low, high, pipeline] = cells[..] else {
                return Err(format!("{}: expected {HEADER}, found {line:?}", path.display()).into());
            };
            let interval = if low.is_empty() { None } else { Some((low.parse()?, high.parse()?)) };
            let key = (stage.to_owned(), data.to_owned(), metric.to_owned());
            scores.insert(key, Score { value: value.parse()?, interval, pipeline: pipeline.to_owned() });
        }
        Ok(Self { folder, scores, fresh: Vec::new(), slices: Vec::new(), pipeline: "tables".to_owned() })
    }

    /// Forgets the scores of a stage on some data, so that labels which are no longer scored leave the table.
    pub fn clear(&mut self, stage: &str, data: &str) {
        self.scores.retain(|(one, other, _), _| one != stage || other != data);
    }

    /// Notes a score and prints it.
    pub fn add(&mut self, stage: &str, data: &str, metric: &str, value: f64, interval: Option<(f64, f64)>) {
        let range = interval.map(|(low, high)| format!("  [{low:.1}, {high:.1}]")).unwrap_or_default();
        println!("{stage:<13} {data:<24} {metric:<40} {value:>7.1}{range}");
        let key = (stage.to_owned(), data.to_owned(), metric.to_owned());
        self.scores.insert(key.clone(), Score { value: rounded(value), interval, pipeline: self.pipeline.clone() });
        self.fresh.push(key);
    }

    /// Notes the slices of some data and prints their F1.
    pub fn slices(&mut self, data: &str, rows: Vec<String>) {
        for row in &rows {
            if let [data, by, slice, measure, _, _, f1, low, high, ..] = row.split(',').collect::<Vec<_>>()[..] {
                println!("{data:<13} {by:<14} {slice:<14} {measure:<25} {f1:>7}  [{low}, {high}]");
            }
        }
        self.slices.push((data.to_owned(), rows));
    }

    /// Writes the tables (where `write`) and says whether every fresh score is at its floor or above.
    pub fn finish(&self, write: bool) -> Result<bool, Box<dyn Error>> {
        let mut table = format!("{HEADER}\n");
        for ((stage, data, metric), score) in &self.scores {
            let (low, high) =
                score.interval.map(|(low, high)| (format!("{low:.1}"), format!("{high:.1}"))).unwrap_or_default();
            table += &format!("{stage},{data},{metric},{:.1},{low},{high},{}\n", score.value, score.pipeline);
        }
        if write {
            std::fs::write(self.folder.join("results.csv"), table)?;
            for (data, rows) in &self.slices {
                slices::write(&self.folder, data, rows.clone())?;
            }
        }
        let floors: Floors = toml::from_str(&std::fs::read_to_string(self.folder.join("floors.toml"))?)?;
        let mut held = true;
        for floor in floors.floor {
            let key = (floor.stage, floor.data, floor.metric);
            let score = self.scores.get(&key).filter(|_| self.fresh.contains(&key)).map(|score| score.value);
            let Some(value) = score.or_else(|| self.slice(&key)) else { continue };
            if value < floor.at_least {
                held = false;
                println!(
                    "below its floor: {} {} {}: {:.1}, expected at least {:.1}",
                    key.0, key.1, key.2, value, floor.at_least
                );
            }
        }
        Ok(held)
    }

    /// The F1 of a slice of this run; the metric of its floor is what it is cut by, its name and its measure.
    fn slice(&self, (stage, data, metric): &Key) -> Option<f64> {
        let rows = self.slices.iter().filter(|(of, _)| stage == "slices" && of == data).flat_map(|(_, rows)| rows);
        rows.map(|row| row.split(',').collect::<Vec<_>>())
            .find(|cells| cells[1..4].join(" ") == *metric)
            .and_then(|cells| cells[6].parse().ok())
    }
}

/// To one decimal.
pub fn rounded(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}
