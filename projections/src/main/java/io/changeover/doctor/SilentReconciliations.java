package io.changeover.doctor;

import io.changeover.view.VersionId;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;

/** A reconciliation that is claimed by a node which is not up any more. */
final class SilentReconciliations implements Check {

    private record Claim(VersionId left, VersionId right, String node, OffsetDateTime until) {}

    private final Patient patient;

    SilentReconciliations(Patient patient) {
        this.patient = patient;
    }

    @Override
    public String name() {
        return "silent-reconciliation";
    }

    @Override
    public List<Symptom> look() {
        Map<String, String> nodes = patient.nodeStates();
        return patient
                .store()
                .jdbc()
                .query(
                        """
                        select view, left_version, right_version, claimed_by, claimed_until from changeover.reconciliation
                        where claimed_by is not null and claimed_until > clock_timestamp() order by 1, 2, 3
                        """,
                        (row, index) -> new Claim(
                                new VersionId(row.getString(1), row.getInt(2)),
                                new VersionId(row.getString(1), row.getInt(3)),
                                row.getString(4),
                                row.getObject(5, OffsetDateTime.class)))
                .stream()
                .filter(claim -> !"up".equals(nodes.get(claim.node())))
                .map(claim -> new Symptom(
                        "%s and %s".formatted(claim.left(), claim.right()),
                        "they are compared by '%s', which is %s, until %s"
                                .formatted(
                                        claim.node(),
                                        nodes.getOrDefault(claim.node(), "unknown"),
                                        claim.until().toInstant()),
                        "whether they drift apart is not known until then",
                        "the claim is given back, and a node that is up goes on",
                        () -> release(claim)))
                .toList();
    }

    private String release(Claim claim) {
        int released = patient.store()
                .jdbc()
                .update(
                        """
                        update changeover.reconciliation set claimed_by = null, claimed_until = null
                        where view = ? and left_version = ? and right_version = ? and claimed_by = ? and claimed_until = ?
                        """,
                        claim.left().view(),
                        claim.left().version(),
                        claim.right().version(),
                        claim.node(),
                        claim.until());
        return released == 1 ? "the claim was given back" : "nothing, because somebody goes on with it";
    }
}
