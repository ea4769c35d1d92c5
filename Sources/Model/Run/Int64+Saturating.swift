extension Int64 {
    /// The sum, held within `Int64`: a time that is too long to be told lasts for ever.
    func addingSaturating(_ other: Int64) -> Int64 {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? (other < 0 ? .min : .max) : sum
    }
}
