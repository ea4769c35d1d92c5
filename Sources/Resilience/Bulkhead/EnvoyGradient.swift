/// Envoy's gradient controller: the limit follows the time that calls take now against the time that they take alone.
///
/// That time is measured again and again with hardly any calls inside. The root that is added lets the limit grow: here
/// of the limit, as Envoy's documentation has it; its code takes the root of the limit times the gradient.
struct EnvoyGradient: Sendable {
    private static let window: Int64 = 100_000_000
    private static let between: Int64 = 60_000_000_000
    private static let callsAlone = 50
    private static let buffer = 0.25
    private static let patience = 5

    private let least: Double
    private let most: Double
    private var estimate: Double
    /// How long calls take alone; `nil`: being measured, with the least inside.
    private var alone: Double?
    private var measuringSince: Int64 = 0
    private var measureAt: Int64 = 0
    private var windowEnds: Int64 = 0
    private var windowsAtLeast = 0
    /// ns
    private var samples: [Int64] = []

    init(_ rules: ConcurrencyLimitRules) {
        least = Double(rules.min)
        most = Double(rules.max)
        estimate = Double(rules.initial)
    }

    var limit: Int { Int(alone == nil ? least : estimate) }

    mutating func add(took: Int64, at now: Int64, draw: Double) {
        if let alone {
            if now >= windowEnds { endWindow(alone, at: now) }
            if now >= measureAt || windowsAtLeast >= Self.patience { measure(from: now) }
        }
        guard alone == nil else { return samples.append(took) }
        // Calls that began before had others beside them.
        guard now - took >= measuringSince else { return }
        samples.append(took)
        if samples.count >= Self.callsAlone {
            alone = median
            measureAt = now + Int64(Double(Self.between) * (1 + 0.15 * draw))
            beginWindow(at: now)
        }
    }

    private mutating func measure(from now: Int64) {
        alone = nil
        measuringSince = now
        windowsAtLeast = 0
        samples.removeAll(keepingCapacity: true)
    }

    private mutating func beginWindow(at now: Int64) {
        samples.removeAll(keepingCapacity: true)
        windowEnds = now + Self.window
    }

    private mutating func endWindow(_ alone: Double, at now: Int64) {
        defer { beginWindow(at: now) }
        guard !samples.isEmpty else { return }
        let gradient = max(0.5, min(2, alone * (1 + Self.buffer) / median))
        let next = (gradient * estimate + estimate.squareRoot()).rounded(.down)
        estimate = max(least, min(most, next))
        windowsAtLeast = estimate == least ? windowsAtLeast + 1 : 0
    }

    private var median: Double {
        let sorted = samples.sorted()
        return sorted.isEmpty ? 0 : Double(sorted[(sorted.count - 1) / 2])
    }
}
