/// Checks that need the calls of all flows and operations: circles, keys, work, policies and caches that would wait for
/// themselves.
struct CallChecks {
    /// More services than this one behind another have no use, and need not be met by anything that walks along them.
    static let mostLevels = 100

    private let log: CallLog
    private let reader: YAMLReader
    /// What each operation or flow calls, of what has steps.
    private var calls: [CallLog.Owner: [CallLog.Entry]] = [:]

    init(_ log: CallLog, _ reader: YAMLReader) {
        self.log = log
        self.reader = reader
        for entry in log.entries where log.work[entry.to] != nil { calls[entry.from, default: []].append(entry) }
    }

    /// - Parameters:
    ///   - operations: those with steps, in the order of the file.
    ///   - flows: their names, and where these stand.
    func check(operations: [CallLog.Owner], flows: [YAMLEntry], maxEvents: Int) {
        guard !findsCircles(operations) else { return }
        checkKeys()
        checkWork(flows, maxEvents: maxEvents)
        checkUses()
    }

    // MARK: Circles

    private func findsCircles(_ operations: [CallLog.Owner]) -> Bool {
        var walk = Walk()
        for operation in operations where !walk.isTooDeep { visit(operation, &walk) }
        return walk.hasFound
    }

    private struct Walk {
        /// From the first operation to the one at hand.
        var path: [CallLog.Owner] = []
        var done: Set<CallLog.Owner> = []
        var hasFound = false
        var isTooDeep = false
    }

    private func visit(_ operation: CallLog.Owner, _ walk: inout Walk) {
        if walk.done.contains(operation) { return }
        walk.path.append(operation)
        defer { walk.path.removeLast() }
        for call in calls[operation] ?? [] where !walk.isTooDeep {
            if let start = walk.path.firstIndex(of: call.to) {
                walk.hasFound = true
                reader.report(
                    "operations call each other in a circle: \(Self.circle(walk.path[start...] + [call.to]))",
                    at: call.mark, suggestion: "remove this call")
            } else if walk.path.count == Self.mostLevels {
                walk.hasFound = true
                walk.isTooDeep = true
                reader.report("operations call each other more than \(Self.mostLevels) levels deep", at: call.mark)
            } else {
                visit(call.to, &walk)
            }
        }
        walk.done.insert(operation)
    }

    private static let mostShown = 8

    /// `a.x -> b.y -> a.x`, with its middle left out where it is long.
    private static func circle(_ path: [CallLog.Owner]) -> String {
        let shown = path.count > mostShown ? path.prefix(mostShown - 2) + ["..."] + path.suffix(1) : path
        return shown.map(SafeText.line).joined(separator: " -> ")
    }

    // MARK: Keys

    private func checkKeys() {
        if log.needs.isEmpty { return }
        let keyless = keylessCalls()
        for need in log.needs {
            guard let call = keyless[need.owner] else { continue }
            let reason = "a call of \(need.owner) in line \(call.mark.line) is about none"
            if let callee = need.callee {
                reader.report(
                    "\(callee) answers only to keys that it knows, and this call may have none: \(reason)",
                    at: need.mark, suggestion: "write key: KEY here or there")
            } else {
                reader.report(
                    "\"key\" is not known here: \(reason)", at: need.mark, suggestion: "write key: KEY in that call")
            }
        }
    }

    /// The operations that may be called without a key, each with the first call that has none.
    private func keylessCalls() -> [CallLog.Owner: CallLog.Entry] {
        var keyless: [CallLog.Owner: CallLog.Entry] = [:]
        var open: [CallLog.Entry] = []
        for entry in log.entries.reversed() {
            if case .nothing = entry.subject { open.append(entry) }
        }
        while let entry = open.popLast() {
            guard log.work[entry.to] != nil, keyless[entry.to] == nil else { continue }
            keyless[entry.to] = entry
            for call in (calls[entry.to] ?? []).reversed() {
                if case .inherited = call.subject { open.append(call) }
            }
        }
        return keyless
    }

    // MARK: Work

    private func checkWork(_ flows: [YAMLEntry], maxEvents: Int) {
        var totals: [CallLog.Owner: Int] = [:]
        for flow in flows {
            let work = total(flow.key, &totals)
            if work <= maxEvents { continue }
            let steps = work == .max ? "too many steps" : "\(work) steps"
            reader.report(
                "one request of flow \(SafeText.quoted(flow.key)) takes \(steps), "
                    + "and limits.maxEvents is \(maxEvents)",
                at: flow.keyMark, suggestion: "repeat less, or raise limits.maxEvents")
        }
    }

    /// Its own work and that of the operations that it calls.
    private func total(_ owner: CallLog.Owner, _ totals: inout [CallLog.Owner: Int]) -> Int {
        if let known = totals[owner] { return known }
        var sum = log.work[owner] ?? 0
        for call in calls[owner] ?? [] {
            let (product, overflow) = call.times.multipliedReportingOverflow(by: total(call.to, &totals))
            let (next, carried) = sum.addingReportingOverflow(overflow ? .max : product)
            sum = carried ? .max : next
        }
        totals[owner] = sum
        return sum
    }

    // MARK: What would wait for itself

    private func checkUses() {
        var known: [CallLog.Owner: Set<CallLog.Use>] = [:]
        for call in log.entries where log.work[call.to] != nil && !(call.policies.isEmpty && call.caches.isEmpty) {
            let uses = uses(of: call.to, &known)
            if let policy = call.policies.first(where: { uses.contains(.policy($0)) }) {
                reader.report(
                    "policy \(SafeText.quoted(policy)) is round this call and is used by what \(call.to) does too, "
                        + "and its bulkhead would wait for itself", at: call.mark,
                    suggestion: "use another policy in one of the two places")
            }
            for cache in call.caches {
                if uses.contains(.write(cache: cache.cache)) {
                    reader.report(
                        "\(call.to) writes cache \(SafeText.quoted(cache.cache)) while it is being filled",
                        at: call.mark, suggestion: "put this call after that step")
                } else if let key = cache.key, uses.contains(.load(cache: cache.cache, key: key)) {
                    reader.report(
                        "\(call.to) asks cache \(SafeText.quoted(cache.cache)) for a key that is being loaded round "
                            + "this call", at: call.mark, suggestion: "use another key in one of the two places")
                }
            }
        }
    }

    /// What an operation uses, and those that it calls.
    private func uses(
        of owner: CallLog.Owner, _ known: inout [CallLog.Owner: Set<CallLog.Use>]
    ) -> Set<CallLog.Use> {
        if let uses = known[owner] { return uses }
        var uses = Set(log.uses[owner] ?? [])
        for call in calls[owner] ?? [] { uses.formUnion(self.uses(of: call.to, &known)) }
        known[owner] = uses
        return uses
    }
}
