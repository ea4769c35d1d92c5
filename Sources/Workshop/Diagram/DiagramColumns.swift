/// How far apart lifelines must stand, and the narrowest places that heed it all.
///
/// Places are numbered from the left: 0 is the left edge, 1 the first lifeline, the last one the right edge.
struct DiagramColumns {
    /// Of lifelines.
    let count: Int
    /// What each place must keep from the one before it.
    private var gaps: [Int]
    /// What places further apart must keep.
    private var spans: [Span: Int] = [:]

    private struct Span: Hashable {
        var from: Int
        var to: Int
    }

    init(count: Int) {
        self.count = count
        gaps = Array(repeating: 0, count: count + 1)
    }

    /// Keeps two lifelines apart. Those at -1 and at ``count`` are the edges.
    mutating func keep(_ from: Int, _ to: Int, apart cells: Int) {
        let (from, to) = (from + 1, to + 1)
        if to == from + 1 {
            gaps[from] = max(gaps[from], cells)
        } else if to > from {
            let span = Span(from: from, to: to)
            spans[span] = max(spans[span] ?? 0, cells)
        }
    }

    /// The columns of the lifelines and the width of all, as narrow as can be.
    ///
    /// What room there is to choose is shared out: each lifeline stands midway between the first and the last place
    /// that it could take. That heeds every distance, as both do.
    func solved() -> (places: [Int], width: Int) {
        guard count > 0 else { return ([], gaps.first ?? 0) }
        let ordered = spans.sorted { ($0.key.to, $0.key.from) < ($1.key.to, $1.key.from) }
        var earliest = Array(repeating: 0, count: count + 2)
        var next = 0
        for place in 1...(count + 1) {
            earliest[place] = earliest[place - 1] + gaps[place - 1]
            while next < ordered.count, ordered[next].key.to == place {
                earliest[place] = max(earliest[place], earliest[ordered[next].key.from] + ordered[next].value)
                next += 1
            }
        }
        var latest = Array(repeating: earliest[count + 1], count: count + 2)
        let backwards = ordered.sorted { ($0.key.from, $0.key.to) > ($1.key.from, $1.key.to) }
        next = 0
        for place in (0...count).reversed() {
            latest[place] = latest[place + 1] - gaps[place]
            while next < backwards.count, backwards[next].key.from == place {
                latest[place] = min(latest[place], latest[backwards[next].key.to] - backwards[next].value)
                next += 1
            }
        }
        // The left edge is no place for blanks.
        latest[1] = earliest[1]
        let places = (1...count).map { (earliest[$0] + latest[$0]) / 2 }
        return (places, earliest[count + 1])
    }
}
