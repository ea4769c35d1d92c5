@main struct Bench {
    static func main() {
        let n = Int(CommandLine.arguments[1])!
        for _ in 0..<5 {
            print(
                n, Int(TimerLoop.kernel(processes: n, events: 2_000_000)),
                Int(TimerLoop.callbacks(processes: n, events: 2_000_000)),
                Int(TimerLoop.bareHeap(processes: n, events: 2_000_000)))
        }
    }
}
