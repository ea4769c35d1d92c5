import CAllocations
import Dispatch
import Foundation
import Glibc

/// What one call costs.
struct Cost {
    /// Processor time of all threads, in seconds.
    var seconds: Double
    /// Calls of `malloc` and its relatives.
    var allocations: Double

    /// Of the best of several rounds. The first one warms up.
    static func measure(
        rounds: Int = 6, calls: Int, _ round: @escaping @Sendable (Int) async throws -> Void
    ) throws -> Cost {
        var best = Cost(seconds: .infinity, allocations: .infinity)
        for _ in 0..<rounds {
            let outcome = Outcome()
            let done = DispatchSemaphore(value: 0)
            let start = processTime
            allocations_begin()
            Task {
                do { try await round(calls) } catch { outcome.error = error }
                done.signal()
            }
            done.wait()
            let allocations = Double(allocations_end())
            let seconds = processTime - start
            if let error = outcome.error { throw error }
            best.seconds = min(best.seconds, seconds / Double(calls))
            best.allocations = min(best.allocations, allocations / Double(calls))
        }
        return best
    }

    /// Written by the task before it signals, read after.
    private final class Outcome: @unchecked Sendable {
        var error: (any Error)?
    }

    private static var processTime: Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}

extension Report {
    /// What a call costs, and how long it may take.
    static func cost(_ name: String, _ cost: Cost, budget: Double, mostAllocations: Double? = nil) {
        let figures = "\(nanoseconds(cost.seconds))   \(number(cost.allocations, 1)) allocations"
        let allocations = mostAllocations.map { ", \(number($0, 0)) allocations" } ?? ""
        // What the measuring itself needs is spread over the calls.
        let isMet = cost.seconds <= budget && cost.allocations <= (mostAllocations ?? .infinity) + 0.05
        line(name, figures, "at most \(nanoseconds(budget))\(allocations)", isMet: isMet)
    }

    static func nanoseconds(_ seconds: Double) -> String { "\(number(seconds * 1e9, 0)) ns" }
}
