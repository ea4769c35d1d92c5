/// Mean and spread of numbers that come one by one, without keeping them (Welford 1962).
public struct Spread: Hashable, Sendable {
    public private(set) var count = 0
    public private(set) var mean = 0.0
    public private(set) var least = Double.infinity
    public private(set) var most = -Double.infinity
    /// Sum of the squared distances from the mean.
    private var squares = 0.0

    public init() {}

    public mutating func add(_ value: Double) {
        count += 1
        let distance = value - mean
        mean += distance / Double(count)
        squares += distance * (value - mean)
        least = min(least, value)
        most = max(most, value)
    }

    /// Of a sample: divided by one less than there are. `nil`: fewer than two numbers.
    public var variance: Double? { count > 1 ? squares / Double(count - 1) : nil }
}
