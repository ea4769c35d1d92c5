/// The success rate below which a host is an outlier: the mean less so many standard deviations, all in percent.
///
/// Envoy's: the standard deviation is that of the whole population. Rates of 50, 100, 100, 100 and 100 have the mean
/// 90 and the standard deviation 20; with 1.9 of these the threshold is 52 (`outlier_detection_impl.cc`).
public struct OutlierThreshold: Hashable, Sendable {
    public let mean: Double
    public let deviation: Double
    public let threshold: Double

    /// - Parameters:
    ///   - rates: 0...100.
    ///   - deviations: how many standard deviations below the mean it lies.
    /// - Returns: `nil` without rates. O(n).
    public init?(rates: [Double], deviations: Double) {
        guard !rates.isEmpty else { return nil }
        let count = Double(rates.count)
        let mean = rates.reduce(0, +) / count
        let variance = rates.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
        self.mean = mean
        deviation = variance.squareRoot()
        threshold = mean - deviations * deviation
    }
}
