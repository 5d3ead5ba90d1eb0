//! A frozen release: every table in every form that is built in, the formats of the field, the data dictionary, and the digests of all files. The same ledger and the same
//! question give the same bytes; no clock stands in it.

use std::fs::{self, File};
use std::io::{self, BufWriter, Read as _, Write as _};
use std::path::Path;

use onrecord_evidence::Digest;
use onrecord_ledger::Ledger;
use serde_json::json;

use crate::pass::{Progress, Summary};
use crate::rows::Table;
use crate::run::Asked;
use crate::tables::{Form, TableFile, tables};
use crate::{Error, Result, data_package, dictionary, field};

/// What a release is known by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Manifest {
    /// SHA-256 of `SHA256SUMS`, which names every other file with its own.
    pub digest: Digest,
    /// Files, that one included.
    pub files: usize,
    /// What it holds.
    pub summary: Summary,
}

/// The file that names all others with their SHA-256, as `sha256sum -c` reads it.
pub const SUMS: &str = "SHA256SUMS";

/// Writes a release into `folder`, which is made, and must be empty.
///
/// # Errors
/// [`Error::NotEmpty`] where something is in the folder; where the ledger cannot be read or a file cannot be written.
pub fn release(ledger: &Ledger, asked: &Asked, folder: &Path, progress: &mut dyn FnMut(Progress)) -> Result<Manifest> {
    fs::create_dir_all(folder)?;
    if folder.read_dir()?.next().is_some() {
        return Err(Error::NotEmpty(folder.display().to_string()));
    }
    let forms = [Form::Csv, Form::JsonLines, Form::Parquet];
    let forms: Vec<Form> =
        forms.into_iter().filter(|form| *form != Form::Parquet || cfg!(feature = "parquet")).collect();
    let (mut names, mut files) = (Vec::new(), Vec::new());
    for table in Table::ALL {
        for form in &forms {
            let name = format!("{}.{}", table.name(), form.extension());
            let out = BufWriter::new(File::create(folder.join(&name))?);
            files.push(TableFile::new(table, *form, out)?);
            names.push((name, table));
        }
    }
    // Every file is of one state, though each is made by a pass of its own.
    let _held = ledger.hold()?;
    let ledger_digest = ledger.digest(&asked.at)?;
    let summary = tables(ledger, asked, &mut files, progress)?;
    let mut rows = serde_json::Map::new();
    for (file, (_, table)) in files.into_iter().zip(&names) {
        let (out, count) = file.finish()?;
        out.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()?;
        rows.insert(table.name().to_owned(), json!(count));
    }
    documents(ledger, asked, folder, progress)?;
    let about =
        format!("Tables of what is on record in an Onrecord ledger ({ledger_digest}): who said what, in which words.");
    let package = data_package(&names, "onrecord-release", &about);
    fs::write(folder.join("datapackage.json"), pretty(&package)?)?;
    fs::write(folder.join("DICTIONARY.md"), format!("# Data dictionary\n\n{}", dictionary()))?;
    let stats = ledger.stats(&asked.at)?;
    let described = json!({
        "type": "release",
        "version": 1,
        "ledger": ledger_digest.to_string(),
        "pipeline": stats.pipeline.as_ref().map(|(digest, _)| digest.to_string()),
        "pipeline_description": stats.pipeline.map(|(_, description)| description),
        "linker": ledger.link_state()?.digest.map(|digest| digest.to_string()),
        "asked": question(asked),
        "articles": stats.articles,
        "claims": summary.claims,
        "attributions": summary.attributions,
        "quotations_left_out": summary.cut,
        "rows": rows,
    });
    fs::write(folder.join("release.json"), pretty(&described)?)?;
    let (digest, files) = sums(folder)?;
    Ok(Manifest { digest, files, summary })
}

/// The documents of the field.
fn documents(ledger: &Ledger, asked: &Asked, folder: &Path, progress: &mut dyn FnMut(Progress)) -> Result<()> {
    type Document = fn(&Ledger, &Asked, &mut dyn io::Write, &mut dyn FnMut(Progress)) -> Result<Summary>;
    let all: [(&str, Document); 4] = [
        ("annotations.jsonld", field::annotations::annotations),
        ("prov.jsonld", field::prov::prov),
        ("claim-review.jsonld", field::claim_review::claim_review),
        ("claims.geojson", field::geojson::geojson),
    ];
    for (name, write) in all {
        let mut out = BufWriter::new(File::create(folder.join(name))?);
        write(ledger, asked, &mut out, progress)?;
        out.flush()?;
    }
    Ok(())
}

/// What was asked for, so that the release can be made again.
fn question(asked: &Asked) -> serde_json::Value {
    let time = |time: &Option<onrecord_evidence::Time>| time.as_ref().map(|time| time.latest().to_string());
    let query = &asked.claims;
    json!({
        "as_of": time(&asked.at.as_of),
        "known_at": time(&asked.at.known_at),
        "standing": query.standing.map(|standing| standing.words()),
        "words": query.words,
        "party": query.party,
        "place": query.place,
        "outlet": query.outlet,
        "from": query.from.map(|at| at.to_string()),
        "to": query.to.map(|at| at.to_string()),
        "without_standing": query.without_standing,
        "quoted_words": asked.care.quoted_words,
        "full_names": asked.care.full_names,
    })
}

fn pretty(value: &serde_json::Value) -> Result<String> {
    serde_json::to_string_pretty(value).map(|text| text + "\n").map_err(|cause| Error::Write(cause.into()))
}

fn sums(folder: &Path) -> Result<(Digest, usize)> {
    let mut names: Vec<String> = Vec::new();
    for entry in folder.read_dir()? {
        names.extend(entry?.file_name().into_string());
    }
    names.sort();
    let mut lines = String::new();
    for name in &names {
        lines.push_str(&format!("{}  {name}\n", digest_of(&folder.join(name))?));
    }
    fs::write(folder.join(SUMS), &lines)?;
    Ok((Digest::of_bytes(lines.as_bytes()), names.len() + 1))
}

fn digest_of(path: &Path) -> io::Result<Digest> {
    let mut hasher = onrecord_evidence::Hasher::default();
    let mut file = File::open(path)?;
    let mut buffer = vec![0; 1 << 16];
    loop {
        match file.read(&mut buffer)? {
            0 => return Ok(hasher.digest()),
            read => hasher.add(&buffer[..read]),
        }
    }
}
