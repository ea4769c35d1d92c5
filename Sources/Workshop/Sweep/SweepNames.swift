/// What combinations are called in a table: each path by as few of its last parts as tell it from the others.
struct SweepNames {
    private let plan: SweepPlan
    private let names: [String]

    init(_ plan: SweepPlan) {
        self.plan = plan
        let paths = plan.variations.map { $0.path.split(separator: ".") }
        names = paths.map { path in
            let length = (1...max(1, path.count)).first { length in
                paths.count { $0.suffix(length) == path.suffix(length) } == 1
            }
            return path.suffix(length ?? path.count).joined(separator: ".")
        }
    }

    /// `concurrency=4 latency=80ms`
    subscript(combination: Int) -> String {
        let values = zip(names, plan.values(of: combination)).map { "\($0)=\($1)" }
        return values.isEmpty ? "as written" : values.joined(separator: " ")
    }

    /// The names that are not whole paths.
    var shortened: [(short: String, path: String)] {
        zip(names, plan.variations.map(\.path)).filter { $0 != $1 }.map { (short: $0, path: $1) }
    }
}
