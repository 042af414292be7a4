package io.changeover.doctor;

import java.util.List;
import java.util.Map;

/** Tokens that a node has claimed which is not up any more, and that no other node has taken over. */
final class SilentTokenClaims implements Check {

    private record Claim(String name, int segment, String owner, String stamp) {}

    private final Patient patient;

    SilentTokenClaims(Patient patient) {
        this.patient = patient;
    }

    @Override
    public String name() {
        return "silent-token-claim";
    }

    @Override
    public List<Symptom> look() {
        Map<String, String> nodes = patient.nodeStates();
        return patient
                .store()
                .jdbc()
                .query(
                        "select processor_name, segment, owner, timestamp from %s where owner is not null order by 1, 2"
                                .formatted(patient.store().table().tokens()),
                        (row, index) -> new Claim(row.getString(1), row.getInt(2), row.getString(3), row.getString(4)))
                .stream()
                .filter(claim -> Patient.version(claim.name()).isPresent()
                        && !"up".equals(nodes.get(claim.owner()))
                        && patient.isLongAgo(claim.stamp()))
                .map(claim -> new Symptom(
                        claim.name(),
                        "segment %d is claimed by '%s', which is %s, and was renewed last at %s"
                                .formatted(
                                        claim.segment(),
                                        claim.owner(),
                                        nodes.getOrDefault(claim.owner(), "unknown"),
                                        claim.stamp()),
                        "nobody gets on with the version, since each node that is up could have taken it over by now",
                        "the claim is given back; if no node takes it, look into the log of one that is up",
                        () -> release(claim)))
                .toList();
    }

    /** A claim that has run out long ago can be taken by anybody, so giving it back takes nothing from its owner. */
    private String release(Claim claim) {
        int released = patient.store()
                .jdbc()
                .update(
                        "update %s set owner = null where processor_name = ? and segment = ? and owner = ? and timestamp = ?"
                                .formatted(patient.store().table().tokens()),
                        claim.name(),
                        claim.segment(),
                        claim.owner(),
                        claim.stamp());
        return released == 1 ? "the claim was given back" : "nothing, because the claim was renewed meanwhile";
    }
}
