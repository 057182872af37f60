//! What the machine is, and what processes cost on it: read from `/proc`.

use crate::Outcome;
use std::fs;
use std::process::Command;
use std::time::Duration;

/// A tick of the kernel's accounting.
const TICK: Duration = Duration::from_millis(10);

/// What a process has cost so far with all its threads.
pub fn cpu_of(process: u32) -> Outcome<Duration> {
    Ok(TICK * Stat::of(process)?.with_ended_children)
}

/// What a process has cost so far with all its threads, and with its children: those that have ended, and those that
/// are there.
pub fn cpu_of_family(parent: u32) -> Outcome<Duration> {
    let mut ticks = Stat::of(parent)?.with_ended_children;
    for entry in fs::read_dir("/proc")? {
        let Some(id) = entry?.file_name().to_str().and_then(|name| name.parse().ok()) else { continue };
        // A process may end while we look.
        if let Ok(stat) = Stat::of(id)
            && stat.parent == parent
        {
            ticks += stat.with_ended_children;
        }
    }
    Ok(TICK * ticks)
}

struct Stat {
    parent: u32,
    with_ended_children: u32,
}

impl Stat {
    fn of(process: u32) -> Outcome<Self> {
        let text = fs::read_to_string(format!("/proc/{process}/stat"))?;
        // The name in brackets may hold anything; the fields after it are the third and on.
        let fields: Vec<&str> = text.rsplit_once(')').map_or("", |(_, rest)| rest).split_whitespace().collect();
        let field = |number: usize| fields.get(number - 3).copied().unwrap_or_default().parse::<u32>();
        Ok(Self { parent: field(4)?, with_ended_children: field(14)? + field(15)? + field(16)? + field(17)? })
    }
}

/// The machine in one line.
pub fn description() -> String {
    let cpus = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let field = |name: &str| {
        let mut lines = cpus.lines().filter_map(|line| line.split_once(':'));
        lines.find(|(key, _)| key.trim() == name).map(|(_, value)| value.trim().to_owned())
    };
    let cores = cpus.lines().filter(|line| line.starts_with("processor")).count();
    let memory = fs::read_to_string("/proc/meminfo").unwrap_or_default();
    let kilobytes: u64 = memory.split_whitespace().nth(1).and_then(|text| text.parse().ok()).unwrap_or(0);
    let kernel = fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default();
    format!(
        "{cores} × {}, {} GiB, Linux {}",
        field("model name").unwrap_or_else(|| "unknown processor".to_owned()),
        kilobytes >> 20,
        kernel.trim()
    )
}

/// How busy the machine was in the last minute: work of others makes a run worth less.
pub fn load() -> String {
    fs::read_to_string("/proc/loadavg").unwrap_or_default().split(' ').next().unwrap_or_default().to_owned()
}

/// Runs a program to its end; what it printed, or what it complained of.
pub fn output(command: &mut Command) -> Outcome<String> {
    let done = command.output().map_err(|error| format!("{}: {error}", command.get_program().display()))?;
    if done.status.success() {
        return Ok(String::from_utf8(done.stdout)?);
    }
    Err(format!("{}: {}", command.get_program().display(), String::from_utf8_lossy(&done.stderr)).into())
}
