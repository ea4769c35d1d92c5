import Scenario
import Simulation

/// Draws the keys that one client's requests are about. Confined to the run's thread.
///
/// Where chance decides, a request's key is its own draw, whoever came before it; where keys come in order, it is the
/// next.
final class KeyModel {
    private var source: KeySource
    private let world: World
    private let stream: RandomStream
    private var ranks = Distribution.fixed(1)
    /// Keys given out so far.
    private var count = 0

    init(_ source: KeySource, world: World) {
        self.source = source
        self.world = world
        stream = world.simulation.stream(source.name, "key")
        prepare()
    }

    /// Goes on with another description, at the same place of the order.
    func adopt(_ new: KeySource) {
        if new == source { return }
        source = new
        prepare()
    }

    private func prepare() {
        if case .zipf(let exponent, let count) = source.popularity { ranks = .zipf(max(1, count), exponent: exponent) }
    }

    func next(_ key: DrawKey) -> String {
        defer { count += 1 }
        switch source.popularity {
        case .uniform(let count): return name(below(count, draw(key)))
        case .zipf: return name(Int(ranks.sample(draw(key))) - 1)
        case .loop(let length): return name(count % max(1, length))
        case .scan: return name(count)
        case .hotspot(let count, let hot, let share, let every):
            return name(hotspot(draw(key), count: max(1, count), hot: hot, share: share, every: every))
        case .listed(let keys): return keys.isEmpty ? "" : keys[count % keys.count]
        }
    }

    /// The hot keys are next to each other, and those after the last are the first.
    private func hotspot(_ draw: Draw, count: Int, hot: Int, share: Double, every: Duration) -> Int {
        let hot = min(max(1, hot), count)
        let round = world.now.nanoseconds / max(1, every.wholeNanoseconds)
        let first = Int(round % Int64(count)) * hot % count
        let isHot = hot == count || Double(draw.choice >> 11) * 0x1p-53 < share
        let place = isHot ? below(hot, draw) : hot + below(count - hot, draw)
        return (first + place) % count
    }

    private func draw(_ key: DrawKey) -> Draw { stream.draw(at: key.value) }

    private func below(_ count: Int, _ draw: Draw) -> Int { min(Int(draw.uniform * Double(count)), max(0, count - 1)) }

    private func name(_ index: Int) -> String { "\(source.name)-\(index + 1)" }
}
