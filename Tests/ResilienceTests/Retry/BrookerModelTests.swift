import Foundation
import Resilience
import Testing

/// The model of the AWS backoff study: clients that each update one row once, under optimistic concurrency.
///
/// Read, then write on condition; a write that failed backs off and reads again. A hop takes |Normal(10, 2)| ms, an
/// operation two of them; the backoff is added to the hop of the next request. The server takes no time.
struct BrookerModel {
    /// A read or a write that arrives at the server.
    private struct Arrival {
        var time: Double
        var number: Int
        var client: Int
        /// The version that the client has read; `nil` for a read.
        var version: Int?

        func isBefore(_ other: Arrival) -> Bool {
            time == other.time ? number < other.number : time < other.time
        }
    }

    private var dice: Dice
    private var heap: [Arrival] = []
    private var number = 0
    private var sequences: [Backoff.Sequence]
    private var version = 0
    private(set) var calls = 0
    /// When the last answer arrives, in milliseconds.
    private(set) var end = 0.0

    init(clients: Int, _ backoff: Backoff, seed: UInt64) {
        dice = Dice(seed: seed)
        sequences = (0..<clients).map { _ in backoff.makeSequence() }
        for client in 0..<clients { push(hop(), client, nil) }
        while let next = pop() { serve(next) }
    }

    private mutating func serve(_ arrival: Arrival) {
        let answered = arrival.time + hop()
        guard let read = arrival.version else {
            push(answered + hop(), arrival.client, version)
            return
        }
        calls += 1
        if read == version {
            version += 1
            end = max(end, answered)
        } else {
            let wait = sequences[arrival.client].next(draw: dice.draw())
            push(answered + wait.duration.milliseconds + hop(), arrival.client, nil)
        }
    }

    private mutating func hop() -> Double {
        let (u, v) = (1 - dice.draw(), dice.draw())
        return abs(10 + 2 * (-2 * log(u)).squareRoot() * cos(2 * .pi * v))
    }

    private mutating func push(_ time: Double, _ client: Int, _ version: Int?) {
        heap.append(Arrival(time: time, number: number, client: client, version: version))
        number += 1
        var place = heap.count - 1
        while place > 0, heap[place].isBefore(heap[(place - 1) / 2]) {
            heap.swapAt(place, (place - 1) / 2)
            place = (place - 1) / 2
        }
    }

    private mutating func pop() -> Arrival? {
        guard let first = heap.first, let last = heap.popLast() else { return nil }
        guard !heap.isEmpty else { return first }
        heap[0] = last
        var place = 0
        while true {
            var least = place
            for child in [2 * place + 1, 2 * place + 2] where child < heap.count && heap[child].isBefore(heap[least]) {
                least = child
            }
            if least == place { return first }
            heap.swapAt(place, least)
            place = least
        }
    }
}

@Suite struct BrookerModelTests {
    /// Means of calls and of completion in milliseconds, for 100 clients, base 5 ms and cap 2 s.
    static func means(_ backoff: Backoff, trials: Int) -> (calls: Double, time: Double) {
        var (calls, time) = (0.0, 0.0)
        for trial in 0..<trials {
            let model = BrookerModel(clients: 100, backoff, seed: UInt64(trial))
            calls += Double(model.calls) / Double(trials)
            time += model.end / Double(trials)
        }
        return (calls, time)
    }

    static let (base, cap) = (Duration.milliseconds(5), Duration.milliseconds(2000))

    @Test func aws_callsAndCompletionAreThoseOfIndependentModels() throws {
        let exponential = Self.means(try .awsExponential(base: Self.base, cap: Self.cap), trials: 60)
        #expect(abs(exponential.calls / 1857 - 1) < 0.02, "\(exponential)")
        #expect(abs(exponential.time / 63_605 - 1) < 0.05, "\(exponential)")
        let full = Self.means(try .awsFull(base: Self.base, cap: Self.cap), trials: 60)
        #expect(abs(full.calls / 795 - 1) < 0.02, "\(full)")
        #expect(abs(full.time / 4892 - 1) < 0.05, "\(full)")
        // Jitter cuts the calls by more than half.
        #expect(full.calls < exponential.calls / 2)
    }

    @Test func aws_fullIsAboutEqualInCallsAndDecorrelatedIsHigher() throws {
        let (exponential, full, equal, decorrelated, none) = (
            Self.means(try .awsExponential(base: Self.base, cap: Self.cap), trials: 20),
            Self.means(try .awsFull(base: Self.base, cap: Self.cap), trials: 20),
            Self.means(try .awsEqual(base: Self.base, cap: Self.cap), trials: 20),
            Self.means(try .awsDecorrelated(base: Self.base, cap: Self.cap), trials: 20),
            Self.means(.none, trials: 5)
        )
        #expect(abs(full.calls / equal.calls - 1) < 0.15)
        #expect(decorrelated.calls > full.calls && decorrelated.calls > equal.calls)
        // Exponential without jitter is the worst of the backoffs in both.
        for other in [full, equal, decorrelated] {
            #expect(exponential.calls > other.calls && exponential.time > other.time)
        }
        // Without any backoff calls grow with a quarter of the square of the clients, and completion comes first.
        #expect(abs(none.calls / 2500 - 1) < 0.15, "\(none)")
        for other in [exponential, full, equal, decorrelated] { #expect(none.time < other.time) }
    }
}
