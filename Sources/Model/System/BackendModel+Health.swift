import Simulation

extension BackendModel {
    /// What a health check finds that is sent now, with the backend's own latency and the faults of the moment: how
    /// long its answer takes (`nil`: none comes), and whether it is good. It takes no slot.
    func probe(_ key: DrawKey) -> (nanoseconds: Int64?, isOK: Bool) {
        if faults.isBlackhole { return (nil, false) }
        let hops = hopThere.sample(key).addingSaturating(hopBack.sample(key))
        let error = faults.error(own: errors, errorStream, key)
        if faults.down != nil || error?.answer.isImmediate == true { return (hops, false) }
        if faults.isHanging { return (nil, false) }
        let service = faults.serviceTime(Sampler(spec.latency, latencyStream).sample(key), key).nanoseconds
        return (hops.addingSaturating(service), error == nil)
    }
}
