import Scenario

/// A fault under a digit: what a presenter does to the system with one key.
struct QuickFault: Hashable, Sendable {
    /// `nil`: what was done is undone everywhere.
    var action: Intervention.Action?

    /// Digits there are; the last one restores.
    private static let most = 9

    func label(_ language: Language) -> String {
        action?.phrase(language) ?? LocalizedText(en: "restore everything", es: "restaurarlo todo")(language)
    }

    /// The most useful faults of a scenario: of each backend the worst first, then caches, and the way back.
    static func list(_ scenario: Scenario) -> [QuickFault] {
        let targets = FaultMenu(scenario)?.targets ?? []
        guard !targets.isEmpty else { return [] }
        let backends = targets.filter { $0.kind != .cache }
        let caches = targets.filter { $0.kind == .cache }.prefix(backends.isEmpty ? most - 1 : 2)
        let room = most - 1 - caches.count
        let each = min(FaultMenu.quick.count, max(1, room / max(1, backends.count)))
        let faults = backends.flatMap { target in FaultMenu.quick.prefix(each).map { $0.action(target.name) } }
        let crashes = caches.map { Intervention.Action.crash(cache: $0.name) }
        return (Array(faults.prefix(room)) + crashes).map { QuickFault(action: $0) } + [QuickFault(action: nil)]
    }
}

extension LessonState {
    /// The faults that the digits do now; none where there is no run, or a question.
    var quickFaults: [QuickFault] {
        guard let player, !isAsking else { return [] }
        return QuickFault.list(player.document.scenario)
    }

    mutating func perform(_ fault: QuickFault) {
        if let action = fault.action { return change(action) }
        for name in broken { change(.restore(backend: name)) }
    }

    /// The backends to which something was done that still goes on at the cursor, the first of them first.
    private var broken: [String] {
        guard let player else { return [] }
        let now = Duration.nanoseconds(player.cursor.time.nanoseconds)
        let made = player.document.scenario.interventions + player.history.changes
        // What happens at one moment happens in the order in which it was written.
        let past = made.enumerated().filter { $0.element.at <= now }
            .sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }
        var broken: [String] = []
        func add(_ name: String) { if !broken.contains(name) { broken.append(name) } }
        for change in past.map(\.element) {
            switch change.action {
            case .kill(let name), .inject(_, let name, nil): add(name)
            case .inject(_, let name, let duration?): if change.at + duration > now { add(name) }
            case .restore(let name): broken.removeAll { $0 == name }
            case .set, .crash, .restart, .join, .leave: continue
            }
        }
        return broken
    }
}
