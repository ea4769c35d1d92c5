import Scenario
import Trace

/// The rows of a backend under optimistic concurrency: each has a version, and a request knows the one it last saw.
///
/// An update says which version it goes by, and fails when that is no longer the newest. One that goes by none, because
/// its request has seen none, always succeeds.
struct RowStore {
    private struct Sight: Hashable {
        var request: RequestID
        var row: String
    }

    private var newest: [String: Int] = [:]
    /// As many as requests that have seen a row, so bounded by the events of the run.
    private var seen: [Sight: Int] = [:]

    /// What an update of a request goes by.
    func version(for access: RowAccess, _ request: RequestID) -> Int? {
        guard case .update(let row) = access else { return nil }
        return seen[Sight(request: request, row: row)]
    }

    /// Does a read or an update. Returns the version in its answer; `nil`: a conflict.
    mutating func perform(_ access: RowAccess, version: Int?) -> Int? {
        switch access {
        case .read(let row): return newest[row, default: 0]
        case .update(let row):
            let current = newest[row, default: 0]
            if let version, version != current { return nil }
            newest[row] = current + 1
            return current + 1
        }
    }

    /// A request has the answer to a read or an update.
    mutating func see(_ access: RowAccess, _ version: Int, _ request: RequestID) {
        switch access {
        case .read(let row), .update(let row): seen[Sight(request: request, row: row)] = version
        }
    }
}
