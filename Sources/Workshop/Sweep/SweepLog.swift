import Analysis
import Scenario
import Trace

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The file of a sweep: a line about the sweep, then one line for each run, in their order.
///
///     {"format":"ensayo-sweep","version":2,"digest":"…","scenario":"shop","vary":["…"],"metrics":["…"]}
///     {"run":0,"seed":"42","values":[412.5,null],"check":"1f0c…"}
///     {"run":1,"seed":"42","failed":"more than 1000000 events","check":"77ab…"}
///
/// `check` is a checksum of the sweep and of what stands before it in the line: a line that was changed after it was
/// written is refused. Version 1 had none.
public enum SweepLog {
    private static let version = 2

    /// The first line, without its end.
    public static func head(_ plan: SweepPlan) -> String {
        JSON.members([
            "format": .string("ensayo-sweep"), "version": .integer(Int64(version)), "digest": .string(plan.digest),
            "scenario": .string(plan.name), "vary": .array(plan.variations.map { .string($0.description) }),
            "metrics": .array(plan.measures.map { .string($0.text) }),
        ]).compact
    }

    /// The line of a run, without its end.
    public static func line(_ run: Int, _ outcome: SweepPlan.Outcome, of plan: SweepPlan) -> String {
        let rest: JSON.Member
        switch outcome {
        case .measured(let values): rest = .init(key: "values", value: .array(values.map { .optional($0) }))
        case .failed(let reason): rest = .init(key: "failed", value: .string(reason))
        case .skipped: rest = .init(key: "skipped", value: .bool(true))
        }
        // As text: many readers of JSON have no whole numbers of 64 bits.
        let seed = JSON.string("\(plan.seed(of: run))")
        let line = JSON.object([
            .init(key: "run", value: .integer(Int64(run))), .init(key: "seed", value: seed), rest,
        ]).compact
        return String(line.dropLast()) + checksum(of: line.dropLast(), plan)
    }

    /// The end of a line, from behind its last value.
    private static func checksum(of line: Substring, _ plan: SweepPlan) -> String {
        var digest = TraceDigest()
        digest.add(plan.digest)
        digest.add(String(line))
        return ",\"check\":\"\(digest)\"}"
    }

    /// Whether a line is as it was written.
    private static func isWhole(_ line: String, _ plan: SweepPlan) -> Bool {
        guard let check = line.ranges(of: ",\"check\":\"").last else { return false }
        return line[check.lowerBound...] == checksum(of: line[..<check.lowerBound], plan)
    }

    private struct Head: Decodable {
        var format: String
        var version: Int
        var digest: String
        var scenario: String
    }

    private struct Line: Decodable {
        var run: Int
        var values: [Double?]?
        var failed: String?
        var skipped: Bool?
    }

    /// Why a file does not belong to a sweep; `nil`: it does.
    public static func problem(inHead line: String, of plan: SweepPlan) -> String? {
        guard let head = try? JSONDecoder().decode(Head.self, from: Data(line.utf8)), head.format == "ensayo-sweep"
        else { return "this is not the file of a sweep" }
        if head.version != version {
            let reason = head.version < version ? ": its lines have no checksums. Make it anew" : ""
            return "this program reads version \(version), not \(head.version)\(reason)"
        }
        if head.digest != plan.digest {
            return "it is of another sweep: of \(SafeText.quoted(head.scenario)), or with other values or figures"
        }
        return nil
    }

    /// That a line of the file is not the next run's.
    public static func problem(
        inLine number: Int, _ line: String, of file: String, _ summary: SweepSummary
    ) -> Problem {
        let isOfRun = decoded(line)?.run == summary.taken
        return Problem(
            file: file, line: number, column: 1, source: String(line.prefix(60)), length: min(60, line.count),
            message: isOfRun
                ? "the line of run \(summary.taken) is not as it was written: its checksum does not fit"
                : "this is not the line of run \(summary.taken)",
            suggestion: "without it and what follows, --resume makes the runs from there on again")
    }

    /// What came of a run; `nil`: the line is damaged or of another run.
    public static func outcome(_ line: String, of run: Int, plan: SweepPlan) -> SweepPlan.Outcome? {
        guard isWhole(line, plan), let read = decoded(line), read.run == run else { return nil }
        if let reason = read.failed { return .failed(reason) }
        if read.skipped == true { return .skipped }
        guard let values = read.values, values.count == plan.measures.count else { return nil }
        return .measured(values)
    }

    private static func decoded(_ line: String) -> Line? {
        try? JSONDecoder().decode(Line.self, from: Data(line.utf8))
    }
}
