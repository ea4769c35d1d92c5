import Resilience
import Trace

// What eviction does, in the trace.
extension CacheModel {
    /// Records an event of the cache for whoever uses it.
    @discardableResult func record(
        _ kind: EventKind, _ caller: Event, cause: EventID, value: Int64, detail: NameID? = nil
    ) -> EventID {
        world.record(
            kind, component: component, detail: detail ?? caller.detail, request: caller.request, span: caller.span,
            parent: caller.parent, cause: cause, value: value)
    }

    /// Records what the last call to ``entries`` did. `follower`: who made it, and the event that led to it.
    ///
    /// - Parameters:
    ///   - over: a key that was removed because its time is over, by a rule that the entry did not know.
    ///   - unfit: a key whose new value the cache did not take, so that the old one had to go.
    func recordSteps(_ follower: Event, over: String? = nil, unfit: String? = nil) {
        // Where nobody is ever evicted, order means nothing.
        let isBounded = spec.capacity != nil
        for step in entries.steps {
            switch step {
            case .evicted(let key): evict(key, follower)
            case .expired(let key): expire(key, follower)
            case .removed(let key) where key == unfit: evict(key, follower)
            case .removed(let key): if key == over { expire(key, follower) } else { remove(key, follower) }
            case .placed(let key, let list) where isBounded:
                tell(.cachePlaced, key, Int64(CacheList(list).rawValue), follower)
            case .marked(let key, let mark) where isBounded: tell(.cacheMarked, key, Int64(mark), follower)
            case .hand(let key) where isBounded: tell(.cacheHandMoved, key, 0, follower)
            case .forgotten(let key) where isBounded: tell(.cacheForgotten, key, 0, follower)
            case .target(let target) where isBounded: tell(.cacheTargetMoved, nil, Int64(target), follower)
            case .placed, .marked, .hand, .forgotten, .target: break
            }
        }
    }

    private func expire(_ key: String, _ follower: Event) {
        tell(.cacheRemoved, key, 0, follower, cause: past[key]?.stored)
        past[key]?.end = .expired
        tags.remove(key)
    }

    private func remove(_ key: String, _ follower: Event) {
        tell(.cacheRemoved, key, 0, follower)
        past[key]?.end = .removed(follower.cause)
        tags.remove(key)
    }

    /// An entry has had to go. Dirty ones are written once the step is done: see ``flushEvicted()``.
    func evict(_ key: String, _ follower: Event) {
        let age = past[key].map { world.now.nanoseconds - $0.since.nanoseconds } ?? 0
        let event = tell(.cacheEvicted, key, age, follower)
        past[key]?.end = .removed(event)
        tags.remove(key)
        buffer.evicted(key, event)
    }

    func flushEvicted() { buffer.flushEvicted() }

    /// Records where every entry is, for those who begin to follow the lists.
    func recordLists(_ follower: Event) {
        for list in entries.eviction.lists {
            for key in entries.keys(in: list).reversed() {
                tell(.cachePlaced, key, Int64(CacheList(list).rawValue), follower)
                if let mark = entries.mark(of: key), mark > 0 { tell(.cacheMarked, key, Int64(mark), follower) }
            }
        }
    }

    @discardableResult private func tell(
        _ kind: EventKind, _ key: String?, _ value: Int64, _ follower: Event, cause: EventID? = nil
    ) -> EventID {
        record(
            kind, follower, cause: cause ?? follower.cause, value: value,
            detail: key.map { world.name($0) } ?? NameID.none)
    }
}

extension CacheList {
    init(_ list: EvictionList) {
        self =
            switch list {
            case .main: .main
            case .small: .small
            case .protected: .protected
            case .probation: .probation
            case .window: .window
            case .recent: .recent
            case .frequent: .frequent
            case .ghost: .ghost
            case .ghostRecent: .ghostRecent
            case .ghostFrequent: .ghostFrequent
            }
    }
}

// Taking entries away.
extension CacheModel {
    enum Target {
        case everything
        case key(String)
        case pattern(String)
        case tag(String)
    }

    func dropExpired(_ caller: Event) {
        entries.dropExpired(at: world.now)
        recordSteps(caller)
    }

    /// Drops what is meant. Returns the newest event.
    func invalidate(_ targets: [Target], for caller: Event) -> EventID {
        var side = caller
        for target in targets { side.cause = invalidate(target, for: side) }
        return side.cause
    }

    /// Drops what is meant; loads of it that are under way are not kept, where the cache knows of them.
    func invalidate(_ target: Target, for caller: Event) -> EventID {
        dropExpired(caller)
        let keys: [String]
        let detail: String
        switch target {
        case .everything:
            (keys, detail) = (entries.keys, "")
            loads.forget { _ in true }
        case .key(let key):
            keys = entries.peek(key, at: world.now).value == nil ? [] : [key]
            detail = key
            loads.forget { $0 == key }
        case .pattern(let text):
            let pattern = KeyPattern(text)
            (keys, detail) = (entries.keys.filter(pattern.matches), text)
            loads.forget(where: pattern.matches)
        case .tag(let tag):
            (keys, detail) = (tags.keys(tagged: tag), "tag:\(tag)")
            loads.forget { keys.contains($0) }
            loads.forget(tagged: tag)
        }
        let event = record(
            .cacheInvalidated, caller, cause: caller.cause, value: Int64(keys.count),
            detail: detail.isEmpty ? NameID.none : world.name(detail))
        var follower = caller
        follower.cause = event
        for key in keys {
            entries.remove(key, at: world.now)
            recordSteps(follower)
        }
        return event
    }
}
