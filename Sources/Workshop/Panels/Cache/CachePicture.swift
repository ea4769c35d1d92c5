import Analysis
import TerminalKit
import Trace

/// What is to be seen of a cache's contents: list by list, each from its head, ghosts last.
struct CachePicture {
    /// What the height of a cell stands for.
    enum Measure { case timeLeft, uses, isMarked, recency, youth }

    struct Cell: Hashable {
        var key: NameID
        /// 0...1 of what is measured; `nil`: a ghost.
        var share: Double?
        var mark: Int64 = 0
        var isDirty = false
        var isExpired = false
        var isHand = false
        var isNextOut = false
        var isSelected = false
        /// Nanoseconds until it expires, or since it was used last.
        var timeLeft: Int64?
        var unused: Int64 = 0

        var isGhost: Bool { share == nil }
    }

    struct Shelf {
        var list: CacheList
        var cells: [Cell]
        /// Places beyond the cells that nothing takes.
        var free = 0
    }

    let context: PanelContext
    let state: CacheState
    let shelves: [Shelf]
    let measure: Measure
    let keys: CacheKeys
    let nextOut: [NameID]

    /// Beyond so many places, free ones are not drawn: they say nothing that the number does not.
    private static let mostFree = 2000

    init(_ context: PanelContext, _ state: CacheState) {
        self.context = context
        self.state = state
        nextOut = state.nextOut
        measure = Self.measure(of: state)
        let trace = context.trace
        keys = CacheKeys(state.entries.map { trace.name($0.key) } + state.ghosts.map { trace.name($0.key) })
        let cells = Self.cells(context, state, measure, nextOut: nextOut)
        var shelves: [Shelf] = []
        for (entry, cell) in zip(state.entries, cells) {
            if shelves.last?.list != entry.list { shelves.append(Shelf(list: entry.list, cells: [])) }
            shelves[shelves.count - 1].cells.append(cell)
        }
        if shelves.isEmpty { shelves.append(Shelf(list: .main, cells: [])) }
        shelves[shelves.count - 1].free = min(state.room ?? 0, Self.mostFree)
        for ghost in state.ghosts {
            if shelves.last?.list != ghost.list { shelves.append(Shelf(list: ghost.list, cells: [])) }
            shelves[shelves.count - 1].cells.append(Cell(key: ghost.key))
        }
        self.shelves = shelves.sorted { Self.place(of: $0.list) < Self.place(of: $1.list) }
    }

    /// The lists in the order in which keys come through them.
    private static func place(of list: CacheList) -> Int {
        let order: [CacheList] = [
            .window, .small, .main, .recent, .frequent, .probation, .protected, .ghost, .ghostRecent, .ghostFrequent,
        ]
        return order.firstIndex(of: list) ?? order.count
    }

    private static func measure(of state: CacheState) -> Measure {
        switch state.eviction {
        case "lfu", "s3fifo": .uses
        case "clock", "sieve": .isMarked
        case _ where state.entries.contains { $0.expires != nil }: .timeLeft
        // Where the order says how long each has been here, its height says how lately it was used, or the reverse.
        case "fifo": .recency
        default: .youth
        }
    }

    private static func cells(
        _ context: PanelContext, _ state: CacheState, _ measure: Measure, nextOut: [NameID]
    ) -> [Cell] {
        let now = context.cursor.time
        func age(of time: VirtualTime) -> Double { Double(now.nanoseconds) - Double(time.nanoseconds) }
        let longestUnused = max(1, state.entries.map { age(of: $0.used) }.max() ?? 1)
        let oldest = max(1, state.entries.map { age(of: $0.stored) }.max() ?? 1)
        let mostUsed = Double(max(1, state.entries.map(\.mark).max() ?? 1))
        let selected = context.selectedKey(of: state.cache)
        return state.entries.map { entry in
            let unused = now.nanoseconds - entry.used.nanoseconds
            let share: Double =
                switch measure {
                case .timeLeft: entry.shareLeft(at: now) ?? 1
                case .uses: Double(max(0, entry.mark)) / mostUsed
                case .isMarked: entry.mark > 0 ? 1 : 0
                case .recency: 1 - age(of: entry.used) / longestUnused
                case .youth: 1 - age(of: entry.stored) / oldest
                }
            let left = entry.timeLeft(at: now)
            return Cell(
                key: entry.key, share: share, mark: entry.mark, isDirty: entry.isDirty,
                isExpired: left.map { $0 <= 0 } ?? false, isHand: entry.key == state.hand,
                isNextOut: nextOut.contains(entry.key), isSelected: entry.key == selected, timeLeft: left,
                unused: unused)
        }
    }

    /// Whether several lists are told apart.
    var hasSeveralLists: Bool { shelves.count > 1 || shelves[0].list != .main }

    var entryCount: Int { state.entries.count }
    /// Everything that takes a place, ghosts and free places included.
    var placeCount: Int { shelves.reduce(0) { $0 + $1.cells.count + $1.free } }

    /// Whether marks are counted, and not just there or not.
    var countsUses: Bool { measure == .uses }
    var hasMarks: Bool { measure == .uses || measure == .isMarked }
}

extension PanelContext {
    /// The key that the selected event or request is about, in a cache.
    func selectedKey(of cache: NameID) -> NameID? {
        if let event = selection.event.flatMap({ trace[$0] }), event.component == cache, event.detail != .none {
            return event.detail
        }
        guard let request = selection.request else { return nil }
        let lookups = index.spans(of: request).filter {
            $0.kind == .cacheLookup && $0.component == cache && cursor.includes($0.startEvent)
        }
        return lookups.last?.detail
    }
}
