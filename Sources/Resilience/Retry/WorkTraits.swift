/// What is known about the work at hand, for the policies round it.
public enum WorkTraits {
    /// Whether doing the work twice does no harm. ``Pipeline/execute(isIdempotent:_:)`` sets it.
    @TaskLocal public static var isIdempotent = true
}
