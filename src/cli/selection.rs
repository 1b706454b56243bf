//! Which findings are wanted: the rules that are run, how grave a finding has to be, and which are
//! known.

use std::path::PathBuf;

use super::Failure;
use crate::config::{Overrides, Settings};
use crate::diagnostic::{Diagnostic, Severity};
use crate::lint::{Baseline, RULES};
use crate::report::RuleInfo;

/// What a run may be told of the findings it is to show.
#[derive(Debug, clap::Args)]
pub(super) struct RuleArgs {
    /// Rules and families to run; nothing else is run
    #[arg(long, value_name = "RULE", value_delimiter = ',', help_heading = "Rules")]
    select: Vec<String>,
    /// Rules and families not to run
    #[arg(long, value_name = "RULE", value_delimiter = ',', help_heading = "Rules")]
    ignore: Vec<String>,
    /// Rules and families to run as well
    #[arg(long, value_name = "RULE", value_delimiter = ',', help_heading = "Rules")]
    extend_select: Vec<String>,
    /// Leave out findings below a severity
    #[arg(long, value_enum, value_name = "SEVERITY", help_heading = "Rules")]
    severity: Option<Least>,
    /// File with known findings, which are left out
    #[arg(long, value_name = "FILE", help_heading = "Rules")]
    baseline: Option<PathBuf>,
}

/// The least severity that is printed.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum Least {
    Info,
    Warning,
    Error,
}

impl From<Least> for Severity {
    fn from(least: Least) -> Self {
        match least {
            Least::Info => Severity::Info,
            Least::Warning => Severity::Warning,
            Least::Error => Severity::Error,
        }
    }
}

impl RuleArgs {
    /// What it says beside the settings.
    pub(super) fn overrides(&self) -> Overrides {
        Overrides {
            select: (!self.select.is_empty()).then(|| self.select.clone()),
            ignore: self.ignore.clone(),
            extend_select: self.extend_select.clone(),
            baseline: self.baseline.clone(),
            ..Overrides::default()
        }
    }

    /// The least severity of a finding that is wanted.
    pub(super) fn least(&self) -> Option<Severity> {
        self.severity.map(Severity::from)
    }

    /// Whether a finding is not below the least severity.
    pub(super) fn is_grave_enough(&self, finding: &Diagnostic) -> bool {
        self.least().is_none_or(|least| finding.severity >= least)
    }
}

/// Takes the known findings out, where there is a baseline.
pub(super) fn subtract_baseline(settings: &Settings, findings: &mut Vec<Diagnostic>) -> Result<(), Failure> {
    if let Some(known) = KnownFindings::read(settings)? {
        known.baseline.subtract(findings);
    }
    Ok(())
}

/// A baseline, as it was read.
pub(super) struct KnownFindings {
    /// Its file, as it is shown.
    pub file: String,
    /// The hash of its bytes.
    pub hash: blake3::Hash,
    pub baseline: Baseline,
}

impl KnownFindings {
    /// That of the settings, where they name one.
    pub(super) fn read(settings: &Settings) -> Result<Option<Self>, Failure> {
        let Some(file) = &settings.baseline else { return Ok(None) };
        let path = file.strip_prefix(settings.cwd()).unwrap_or(file);
        let file = path.display().to_string();
        let text = std::fs::read_to_string(path).map_err(|error| format!("{file}: {error}"))?;
        let baseline = Baseline::parse(&text).map_err(|error| format!("{file}: {error}"))?;
        Ok(Some(KnownFindings { hash: blake3::hash(text.as_bytes()), baseline, file }))
    }
}

/// The rules, as formats describe them.
pub(super) fn rules() -> Vec<RuleInfo> {
    let info = |rule: &&crate::lint::Rule| RuleInfo {
        name: rule.name,
        summary: rule.summary,
        family: rule.family.name(),
        severity: rule.severity,
        page: rule.page,
    };
    RULES.iter().map(info).collect()
}
