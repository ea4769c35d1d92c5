/// Measures what the budgets name and prints each beside its budget. Arguments: the groups to measure; none: all.
@main struct Bench {
    static func main() {
        let groups: [(name: String, run: () throws -> Void)] = [
            ("kernel", KernelBenchmarks.run), ("lesson", LessonBenchmarks.run), ("frame", FrameBenchmarks.run),
            ("screens", ScreenBenchmarks.run), ("start", StartBenchmarks.run),
            ("resilience", ResilienceBenchmarks.run), ("caches", CacheBenchmarks.run),
            ("balancers", BalancerBenchmarks.run), ("diagrams", DiagramBenchmarks.run),
        ]
        let chosen = CommandLine.arguments.dropFirst()
        if let unknown = chosen.first(where: { name in !groups.contains { $0.name == name } }) {
            print("no group is called \(unknown); there are: \(groups.map(\.name).joined(separator: ", "))")
            return
        }
        for group in groups where chosen.isEmpty || chosen.contains(group.name) {
            do { try group.run() } catch { print("\(group.name): \(error)") }
        }
    }
}
