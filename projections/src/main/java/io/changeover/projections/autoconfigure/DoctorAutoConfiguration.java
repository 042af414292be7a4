package io.changeover.projections.autoconfigure;

import io.changeover.completion.Completion;
import io.changeover.doctor.Check;
import io.changeover.doctor.Checks;
import io.changeover.doctor.Doctor;
import io.changeover.doctor.Patient;
import io.changeover.operation.ChangeoverOperations;
import io.changeover.operation.DoctorOperations;
import io.changeover.operation.LiveDoctorOperations;
import io.changeover.projection.ProjectionStore;
import io.changeover.serving.Nodes;
import io.changeover.serving.Router;
import io.changeover.stream.OrderedStream;
import io.changeover.view.Versions;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** What finds states that should not be: our checks, then those that are beans. */
@AutoConfiguration(after = CompletionAutoConfiguration.class)
@ConditionalOnBean(Completion.class)
@EnableConfigurationProperties(DoctorProperties.class)
class DoctorAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    Doctor doctor(
            Versions versions,
            Router router,
            Nodes nodes,
            ProjectionStore store,
            OrderedStream stream,
            Completion completion,
            ChangeoverOperations changeovers,
            DoctorProperties properties,
            ObjectProvider<Check> others) {
        Patient patient = new Patient(versions, router, nodes, store, stream, completion, properties.options());
        return new Doctor(Stream.concat(
                        Checks.of(patient, LiveDoctorOperations.mending(changeovers)).stream(), others.orderedStream())
                .toList());
    }

    @Bean
    @ConditionalOnMissingBean(DoctorOperations.class)
    LiveDoctorOperations doctorOperations(Doctor doctor) {
        return new LiveDoctorOperations(doctor);
    }
}
