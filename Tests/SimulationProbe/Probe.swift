/// Prints the digest of the reference run with the seed that is its argument.
@main struct Probe {
    static func main() throws {
        let seed = CommandLine.arguments.dropFirst().first.flatMap { UInt64($0) } ?? 1
        print(try ReferenceRun.trace(seed: seed).digest)
    }
}
