import Glibc
import Scenario
import Workshop

/// The file of a sweep, to which each run is added when it is made: see ``Workshop/SweepLog``.
///
/// It belongs to one program at a time.
final class SweepFile: Sendable {
    private let path: String
    private let file: Int32

    /// - Parameters:
    ///   - isResumed: whether the runs that are there count. Otherwise nothing may be there.
    ///   - summary: takes the runs that are there.
    init(_ path: String, isResumed: Bool, into summary: inout SweepSummary) throws(Failure) {
        self.path = path
        file = open(path, O_RDWR | O_CREAT | O_CLOEXEC | (isResumed ? 0 : O_EXCL), 0o666)
        guard file >= 0 else {
            throw errno == EEXIST
                ? Failure.badInput(path, "the file is there already", "--resume goes on with it") : Self.failure(path)
        }
        guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
            throw .badInput(path, "another program is writing to it")
        }
        let kept = try Self.read(path, into: &summary)
        // Runs of more seeds stay. A last line that was cut off is made again.
        if summary.taken == summary.plan.runs { return }
        guard ftruncate(file, off_t(kept)) == 0, lseek(file, 0, SEEK_END) >= 0 else { throw Self.failure(path) }
        if kept == 0 { try write(SweepLog.head(summary.plan)) }
    }

    deinit { if file >= 0 { close(file) } }

    /// Adds a run.
    func add(_ run: Int, _ outcome: SweepPlan.Outcome, of plan: SweepPlan) throws(Failure) {
        try write(SweepLog.line(run, outcome, of: plan))
    }

    private func write(_ line: String) throws(Failure) {
        var bytes = Array((line + "\n").utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw Self.failure(path) }
            bytes = bytes.dropFirst(count)
        }
    }

    /// Takes the runs of the file, line by line. Returns how many bytes are of use: a last line that was cut off is
    /// none.
    ///
    /// Throws at any other line that is not the next run's.
    private static func read(_ path: String, into summary: inout SweepSummary) throws(Failure) -> Int {
        guard let stream = fopen(path, "re") else { throw failure(path) }
        defer { fclose(stream) }
        var (buffer, room): (UnsafeMutablePointer<CChar>?, Int) = (nil, 0)
        defer { free(buffer) }
        var (kept, number) = (0, 1)
        while summary.taken < summary.plan.runs {
            let length = getline(&buffer, &room, stream)
            guard length > 0, let buffer else { return kept }
            let isWhole = buffer[length - 1] == 10
            let bytes = UnsafeRawBufferPointer(start: buffer, count: isWhole ? length - 1 : length)
            let line = String(decoding: bytes, as: UTF8.self)
            if number == 1 {
                let isCutOff = !isWhole && SweepLog.head(summary.plan).hasPrefix(line)
                if isCutOff { return 0 }
                if let problem = SweepLog.problem(inHead: line, of: summary.plan) {
                    throw .badInput(path, "it is not written to: \(problem)")
                }
            }
            guard isWhole else { return kept }
            if number > 1 {
                guard let outcome = SweepLog.outcome(line, of: summary.taken, plan: summary.plan) else {
                    throw Failure(ScenarioError(problems: [SweepLog.problem(inLine: number, line, of: path, summary)]))
                }
                summary.add(outcome)
            }
            kept += length
            number += 1
        }
        return kept
    }

    private static func failure(_ path: String) -> Failure {
        .badInput(path, String(cString: strerror(errno)))
    }
}
