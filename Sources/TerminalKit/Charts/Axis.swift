/// A scale from numbers to places, with round numbers to read it by.
public struct Axis: Hashable, Sendable {
    public let range: ClosedRange<Double>
    /// Round numbers within the range, from the lowest.
    public let ticks: [Double]
    private let step: Double

    /// A scale over a range, with at most so many round numbers in it.
    public init(_ range: ClosedRange<Double>, ticks count: Int) {
        self.init(range, step: Self.step(over: range.upperBound - range.lowerBound, count))
    }

    private init(_ range: ClosedRange<Double>, step: Double) {
        self.range = range
        self.step = step
        guard step > 0 else {
            ticks = []
            return
        }
        let first = (range.lowerBound / step - 1e-9).rounded(.up)
        let last = (range.upperBound / step + 1e-9).rounded(.down)
        ticks = first <= last ? stride(from: first, through: last, by: 1).map { $0 * step } : []
    }

    /// A scale that ends at round numbers and has all values in it, zero included, with about so many round numbers.
    public init(containing values: some Sequence<Double>, ticks count: Int) {
        let finite = values.filter { $0.isFinite && $0.magnitude < 1e15 }
        let low = min(0, finite.min() ?? 0)
        let high = max(0, finite.max() ?? 0)
        guard high > low else {
            self.init(0...1, ticks: count)
            return
        }
        let step = Self.step(over: high - low, max(2, count))
        let bottom = (low / step + 1e-9).rounded(.down) * step
        let top = (high / step - 1e-9).rounded(.up) * step
        self.init(bottom...max(top, bottom + step), step: step)
    }

    /// 1, 2 or 5 times a power of ten, so that at most so many multiples lie in the length; zero for none.
    private static func step(over length: Double, _ count: Int) -> Double {
        guard length > 0, length.isFinite, count > 1 else { return 0 }
        let ideal = length / Double(count - 1)
        var power = 1.0
        while power > ideal { power /= 10 }
        while power * 10 <= ideal { power *= 10 }
        return [1, 2, 5, 10].map { $0 * power }.first { $0 >= ideal * (1 - 1e-9) } ?? power * 10
    }

    /// Where a value lies: 0 at the lower end, 1 at the upper one.
    public func share(_ value: Double) -> Double {
        let length = range.upperBound - range.lowerBound
        return length > 0 ? (value - range.lowerBound) / length : 0
    }

    /// A tick's number, with as many decimals as the ticks need.
    public func label(_ tick: Double) -> String { label(tick, ".") }

    /// ``label(_:)`` with another sign between the whole part and the decimals.
    public func label(_ tick: Double, _ decimalSign: Character) -> String {
        var decimals = 0
        var scaled = step
        while decimals < 9, (scaled - scaled.rounded()).magnitude > 1e-6 {
            scaled *= 10
            decimals += 1
        }
        return Self.text(tick, decimals: decimals, decimalSign)
    }

    private static func text(_ value: Double, decimals: Int, _ decimalSign: Character) -> String {
        var factor = 1
        for _ in 0..<decimals { factor *= 10 }
        let scaled = (value.magnitude * Double(factor)).rounded()
        guard scaled < 1e18 else { return "\(value)" }
        let digits = Int(scaled)
        let sign = value < 0 && digits > 0 ? "-" : ""
        guard decimals > 0 else { return "\(sign)\(digits)" }
        let fraction = String(digits % factor)
        let whole = "\(sign)\(digits / factor)\(decimalSign)"
        return whole + String(repeating: "0", count: decimals - fraction.count) + fraction
    }
}
