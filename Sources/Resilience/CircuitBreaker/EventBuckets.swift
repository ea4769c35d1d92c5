/// Polly's window: parts that begin with their first call.
///
/// A part takes calls until it has lasted its length; the first call after that begins the next one. A part is dropped
/// when its beginning is as old as the window is long. Adding a call is O(1) amortised and allocates nothing.
struct EventBuckets: Sendable {
    private struct Part: Sendable {
        var begins: Int64 = 0
        var cell = CircuitBreakerCell()
    }

    /// Windows that are shorter have one part.
    static let shortest: Int64 = 200_000_000

    static func part(of span: Int64) -> Int64 { span / 10 }

    private let span: Int64
    private let length: Int64
    /// Below 200 ms Polly has one part, which also begins when the window is emptied.
    private let isSingle: Bool
    private var parts: [Part]
    private var oldest = 0
    private var count = 0
    private(set) var totals = CircuitBreakerCell()

    init(span: Int64) {
        self.span = span
        isSingle = span < Self.shortest
        length = isSingle ? span : Self.part(of: span)
        // Ten parts begin within the window, and one more where its length is not a multiple of ten.
        parts = Array(repeating: Part(), count: isSingle ? 1 : 11)
        clear(at: 0)
    }

    mutating func add(failed: Bool, slow: Bool, at now: Int64) {
        advance(to: now)
        if count == 0 || now - parts[place(count - 1)].begins >= length { begin(at: now) }
        parts[place(count - 1)].cell.add(failed: failed, slow: slow)
        totals.add(failed: failed, slow: slow)
    }

    /// Drops what is too old.
    mutating func advance(to now: Int64) {
        while count > 0, now - parts[oldest].begins >= span {
            totals.subtract(parts[oldest].cell)
            oldest = place(1)
            count -= 1
        }
    }

    mutating func clear(at now: Int64) {
        count = 0
        totals = CircuitBreakerCell()
        if isSingle { begin(at: now) }
    }

    private mutating func begin(at now: Int64) {
        count += 1
        parts[place(count - 1)] = Part(begins: now)
    }

    private func place(_ index: Int) -> Int { (oldest + index) % parts.count }

    /// Oldest first. O(n).
    var ordered: [CircuitBreakerCell] { (0..<count).map { parts[place($0)].cell } }
}
