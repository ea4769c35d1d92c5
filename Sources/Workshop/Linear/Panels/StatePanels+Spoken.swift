import Analysis
import TerminalKit
import Trace

// The panels about caches and pools: what is in them, and what they have done.

extension CachePanel {
    private static let mostKeys = 20
    private static let lastLookups = 6

    public func spoken(_ context: PanelContext) -> [String] {
        let (caches, shown) = context.caches()
        guard caches.indices.contains(shown) else {
            return [context.text("There is no cache here.", "Aquí no hay ninguna caché.")]
        }
        let metrics = context.cacheMetrics()
        return caches.flatMap { cache -> [String] in
            let lines = self.line(cache, metrics.first { $0.id == cache }, context)
            guard cache == caches[shown] else { return lines }
            let story = CacheStory(context.signed, cache).lines(Self.lastLookups, width: 200)
            return lines + keys(cache, context) + story.map { Speech.sentence(Speech.unsigned($0.plain).singleBlanked) }
        }
    }

    private func line(_ cache: NameID, _ metrics: CacheMetrics?, _ context: PanelContext) -> [String] {
        guard let state = CacheState(context.index, cache, at: context.cursor) else { return [] }
        let words = FigureWords(context: context)
        let room = words.share(state.entries.count, of: state.capacity)
        let isOne = (state.capacity ?? state.entries.count) == 1
        let entries = "\(room) \(isOne ? context.text("entry", "entrada") : context.text("entries", "entradas"))"
        let rule = state.eviction.map { ", \($0)" } ?? ""
        let hits = metrics.map {
            ", " + words.count($0.hits, ("hit", "hits"), ("acierto", "aciertos"))
                + ", " + words.count($0.misses, ("miss", "misses"), ("fallo", "fallos"))
        }
        return [
            Speech.sentence(
                context.trace.name(cache) + ": \(entries)" + rule
                    + (hits ?? ""))
        ]
    }

    private func keys(_ cache: NameID, _ context: PanelContext) -> [String] {
        guard let state = CacheState(context.index, cache, at: context.cursor), !state.entries.isEmpty else {
            return []
        }
        let keys = state.entries.prefix(Self.mostKeys).map { entry in
            let left = entry.timeLeft(at: context.cursor.time)
            let time =
                left.map { $0 < 0 ? context.text(" expired", " caducada") : " \(context.numbers.duration($0))" } ?? ""
            return context.trace.name(entry.key) + time
                + (entry.isDirty ? context.text(" in memory only", " solo en memoria") : "")
        }
        let rest = state.entries.count > keys.count ? ", ..." : ""
        let forever =
            state.entries.allSatisfy { $0.expires == nil } ? context.text(" They stay for ever.", " No caducan.") : ""
        return [
            context.text("In it, the newest first: ", "Dentro, de nueva a vieja: ") + keys.joined(separator: ", ")
                + rest + "." + forever
        ]
    }
}

extension HitsPanel {
    public func spoken(_ context: PanelContext) -> [String] {
        let (caches, _) = context.caches()
        let words = FigureWords(context: context)
        let rows = context.cacheMetrics().filter { caches.contains($0.id) }
            .sorted { ($1.hitRatio ?? -1) < ($0.hitRatio ?? -1) }
        return rows.map { cache in
            guard let ratio = cache.hitRatio.map({ context.numbers.percent($0) }) else {
                return "\(cache.name): \(context.text("nothing asked yet", "sin consultas"))."
            }
            let stale =
                cache[.stale] > 0
                ? ", " + words.count(cache[.stale], ("stale", "stale"), ("desfasada", "desfasadas")) : ""
            return Speech.sentence(
                "\(cache.name): \(ratio), \(words.count(cache.hits, ("hit", "hits"), ("acierto", "aciertos"))), "
                    + words.count(cache.misses, ("miss", "misses"), ("fallo", "fallos")) + stale)
        }
    }
}

extension WritesPanel {
    public func spoken(_ context: PanelContext) -> [String] {
        let (caches, _) = context.caches()
        return caches.compactMap { WriteState(context.index, $0, at: context.cursor) }.flatMap { told($0, context) }
    }

    private func told(_ state: WriteState, _ context: PanelContext) -> [String] {
        let numbers = context.numbers
        let rule = state.strategy.map { ", \($0)" } ?? ""
        let writes = (("write", "writes"), ("escritura", "escrituras"))
        let (written, unsaved) = (
            context.counted(state.written, writes.0, writes.1), numbers.count(state.unsavedWrites)
        )
        var lines = [
            context.trace.name(state.cache) + rule
                + context.text(
                    ": \(written), \(unsaved) in memory only.", ": \(written), \(unsaved) solo en memoria.")
        ]
        let dirty = state.dirty.prefix(12).map { key in
            let age = numbers.duration(key.age(at: context.cursor.time))
            let flushing = key.isFlushing ? context.text(", being flushed", ", volcándose") : ""
            return context.trace.name(key.key) + context.text(" for \(age)", " desde hace \(age)") + flushing
        }
        if !dirty.isEmpty {
            lines.append(context.text("In memory only: ", "Solo en memoria: ") + dirty.joined(separator: ", ") + ".")
        }
        if let next = state.nextFlush {
            lines.append(
                context.text("The next flush is at ", "El próximo volcado es en ") + numbers.moment(next) + ".")
        }
        if !state.losses.isEmpty {
            let keys = state.losses.suffix(6).map { context.trace.name($0.key) }
            let count = context.counted(
                state.losses.reduce(0) { $0 + $1.writes }, ("write lost", "writes lost"),
                ("escritura perdida", "escrituras perdidas"))
            lines.append("\(count): \(keys.joined(separator: ", ")).")
        }
        return lines
    }
}

extension BalancerPanel {
    public func spoken(_ context: PanelContext) -> [String] {
        let (balancers, _) = context.balancers
        guard !balancers.isEmpty else {
            return [context.text("There is no balancer here.", "Aquí no hay ningún balanceador.")]
        }
        return balancers.compactMap { BalancerState(context.index, $0.id, at: context.readyCursor) }.flatMap { state in
            let name = context.trace.name(state.balancer)
            let rule = context.algorithm(state.algorithm).map { ", \($0)" } ?? ""
            let picks = context.counted(
                state.picks, ("call shared out", "calls shared out"), ("llamada repartida", "llamadas repartidas"))
            let head = "\(name)\(rule): \(picks)."
            let panic =
                state.isPanicking
                ? [context.text("It is in panic: all are used.", "Está en pánico: se usan todos.")] : []
            let last = state.lastPick.map { pick in
                let (number, server) = (
                    context.numbers.count(Int(pick.request.rawValue)), context.trace.name(pick.server)
                )
                return [context.text("Request \(number) to \(server).", "Petición \(number) a \(server).")]
            }
            return [head] + panic + (last ?? []) + state.servers.map { told($0, context) }
        }
    }

    private func told(_ server: BalancerState.Server, _ context: PanelContext) -> String {
        let numbers = context.numbers
        let words = FigureWords(context: context)
        var parts: [String] = []
        if !server.isMember { parts.append(context.text("not in the pool", "fuera del grupo")) }
        if !server.isUp || server.isDown { parts.append(context.text("down", "caído")) }
        if server.isEjected {
            let until = server.ejectedUntil.map {
                context.text(" until \(numbers.moment($0))", " hasta \(numbers.moment($0))")
            }
            parts.append(context.text("ejected", "expulsado") + (until ?? ""))
        }
        parts.append(
            words.count(
                server.pending, ("call on its way", "calls on their way"), ("llamada en curso", "llamadas en curso")))
        let hasFailures = (server.errorRatio ?? 0) > 0
        if server.queued > 0 { parts.append(context.text("\(server.queued) queued", "\(server.queued) en cola")) }
        if let share = server.share {
            parts.append(
                context.text("\(numbers.percent(share)) of the calls", "\(numbers.percent(share)) de las llamadas"))
        }
        if server.weight > 0, server.effectiveWeight < server.weight * 0.995 {
            let share = numbers.percent(server.effectiveWeight / server.weight)
            parts.append(context.text("weight at \(share)", "peso al \(share)"))
        } else if server.weight != 1 {
            let weight = numbers.factor(server.weight)
            parts.append(context.text("weight \(weight)", "peso \(weight)"))
        }
        return Speech.sentence(
            "\(context.trace.name(server.id)): \(parts.joined(separator: ", "))"
                + words.latency(server.latency, hasFailures: hasFailures))
    }
}

extension RingPanel {
    public func spoken(_ context: PanelContext) -> [String] {
        guard let state = state(context) else {
            return [context.text("No balancer divides the keys here.", "Aquí ningún balanceador reparte las claves.")]
        }
        let owners = state.servers.map(\.id).compactMap { server -> String? in
            let parts = state.owners.count { $0 == server }
            guard parts > 0 else { return nil }
            let share = context.numbers.percent(Double(parts) / Double(max(1, state.owners.count)))
            return context.trace.name(server)
                + context.text(" owns \(share) of the key space.", " tiene el \(share) de las claves.")
        }
        let moved = context.counted(state.moved, ("key moved", "keys moved"), ("clave movida", "claves movidas"))
        let moves = state.moves.suffix(5).map { move in
            Speech.sentence(
                context.trace.name(move.key) + context.text(" went to ", " pasó a ") + context.trace.name(move.server))
        }
        return owners + ["\(moved)."] + moves
    }
}
