import Analysis
import Scenario

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The file of a sweep: a line about the sweep, then one line for each run, in their order.
///
///     {"format":"ensayo-sweep","version":1,"digest":"…","scenario":"shop","vary":["…"],"metrics":["…"]}
///     {"run":0,"seed":"42","values":[412.5,null]}
///     {"run":1,"seed":"42","failed":"more than 1000000 events"}
public enum SweepLog {
    /// The first line, without its end.
    public static func head(_ plan: SweepPlan) -> String {
        JSON.members([
            "format": .string("ensayo-sweep"), "version": .integer(1), "digest": .string(plan.digest),
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
        return JSON.object([
            .init(key: "run", value: .integer(Int64(run))), .init(key: "seed", value: seed), rest,
        ]).compact
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
        if head.version != 1 { return "this program reads version 1, not \(head.version)" }
        if head.digest != plan.digest {
            return "it is of another sweep: of \(SafeText.quoted(head.scenario)), or with other values or figures"
        }
        return nil
    }

    /// That a line of the file is not the next run's.
    public static func problem(
        inLine number: Int, _ line: String, of file: String, _ summary: SweepSummary
    ) -> Problem {
        Problem(
            file: file, line: number, column: 1, source: String(line.prefix(60)), length: min(60, line.count),
            message: "this is not the line of run \(summary.taken)",
            suggestion: "without it and what follows, --resume makes the runs from there on again")
    }

    /// What came of a run; `nil`: the line is damaged or of another run.
    public static func outcome(_ line: String, of run: Int, plan: SweepPlan) -> SweepPlan.Outcome? {
        guard let read = try? JSONDecoder().decode(Line.self, from: Data(line.utf8)), read.run == run else {
            return nil
        }
        if let reason = read.failed { return .failed(reason) }
        if read.skipped == true { return .skipped }
        guard let values = read.values, values.count == plan.measures.count else { return nil }
        return .measured(values)
    }
}
