package io.changeover.projections.autoconfigure;

import io.changeover.catalog.EventDomains;
import io.changeover.event.EventTypes;
import io.changeover.explain.ExplainOptions;
import io.changeover.explain.Explanations;
import io.changeover.operation.ChangeoverOperations;
import io.changeover.operation.LiveRowOperations;
import io.changeover.operation.RowOperations;
import io.changeover.parity.ParityCheck;
import io.changeover.projection.HistoryPages;
import io.changeover.projection.ProjectionStore;
import io.changeover.projection.Projections;
import io.changeover.projection.VersionStates;
import io.changeover.rebuild.FoldFingerprints;
import io.changeover.repair.RepairOptions;
import io.changeover.repair.Repairs;
import io.changeover.selfcheck.SelfCheck;
import io.changeover.serving.Router;
import io.changeover.stream.OrderedStream;
import io.changeover.stream.StoreInventory;
import io.changeover.stream.StoreSecret;
import io.changeover.upcast.EventReader;
import io.changeover.upcast.EventSteps;
import io.changeover.view.Versions;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** What explains single rows, checks versions against themselves, and repairs. */
@AutoConfiguration(after = ProjectionsAutoConfiguration.class)
@ConditionalOnBean(Projections.class)
class RowsAutoConfiguration {

    @Bean
    Explanations explanations(
            Versions versions,
            Projections projections,
            ProjectionStore store,
            OrderedStream stream,
            EventReader reader,
            EventDomains domains,
            EventTypes types,
            EventSteps steps,
            FoldFingerprints fingerprints,
            DataSource dataSource) {
        return new Explanations(
                versions,
                projections,
                store,
                HistoryPages.of(stream),
                reader,
                domains,
                types,
                steps,
                fingerprints,
                new StoreSecret(dataSource)::value,
                ExplainOptions.defaults());
    }

    @Bean
    SelfCheck selfCheck(
            Versions versions,
            Projections projections,
            ProjectionStore store,
            VersionStates states,
            OrderedStream stream,
            EventReader reader,
            StoreInventory inventory,
            FoldFingerprints fingerprints,
            DataSource dataSource) {
        return new SelfCheck(
                versions,
                projections,
                store,
                states,
                reader,
                HistoryPages.of(stream),
                inventory,
                fingerprints,
                new StoreSecret(dataSource)::value);
    }

    @Bean
    Repairs repairs(
            Versions versions,
            Projections projections,
            ProjectionStore store,
            VersionStates states,
            ParityCheck parity,
            FoldFingerprints fingerprints,
            DataSource dataSource) {
        return new Repairs(
                versions,
                projections,
                store,
                states,
                parity,
                fingerprints,
                new StoreSecret(dataSource)::value,
                RepairOptions.defaults());
    }

    @Bean
    @ConditionalOnMissingBean(RowOperations.class)
    LiveRowOperations rowOperations(
            Versions versions,
            Router router,
            Explanations explanations,
            SelfCheck selfCheck,
            Repairs repairs,
            ObjectProvider<ChangeoverOperations> operations,
            Clock clock) {
        return new LiveRowOperations(
                versions,
                router,
                explanations,
                selfCheck,
                repairs,
                version -> operations.ifAvailable(verbs -> verbs.mended(version)),
                clock);
    }
}
