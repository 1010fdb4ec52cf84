import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.opensearch.cluster.service.ClusterService;
import org.opensearch.common.settings.Settings;
import org.opensearch.env.Environment;
import org.opensearch.node.InternalSettingsPreparer;
import org.opensearch.node.Node;
import org.opensearch.plugins.Plugin;

/**
 * One OpenSearch node on this machine: its folder and its port are the arguments.
 *
 * It starts from plain jars and not from the distribution's scripts, so it needs no Docker, no user
 * of its own and no settings of the kernel. It ends when its standard input does: whoever holds
 * that may crash, and nothing stays behind.
 */
public class SearchServer extends Node {
    private static final String NAME = "deskhand-local";

    private SearchServer(Environment environment, List<Class<? extends Plugin>> plugins) {
        super(environment, plugins, false);
    }

    @Override
    protected void configureNodeAndClusterIdStateListener(ClusterService clusterService) {
        // The distribution writes the node's id into its log here, by a logger that we do not have.
    }

    public static void main(String[] arguments) throws Exception {
        Path home = Path.of(arguments[0]).toAbsolutePath();
        Path config = Files.createDirectories(home.resolve("config"));
        for (String folder : List.of("data", "logs", "plugins", "modules")) {
            Files.createDirectories(home.resolve(folder));
        }
        Settings settings = Settings.builder()
            .put("path.home", home.toString())
            .put("cluster.name", NAME)
            .put("node.name", NAME)
            .put("network.host", "127.0.0.1")
            .put("http.port", arguments[1])
            .put("transport.port", "0")
            .put("discovery.type", "single-node")
            .put("transport.type", "netty4")
            .put("http.type", "netty4")
            .put("action.auto_create_index", false)
            .put("cluster.routing.allocation.disk.threshold_enabled", false)
            .build();
        Environment environment = InternalSettingsPreparer.prepareEnvironment(
            settings, Map.of(), config, () -> NAME
        );
        Node node = new SearchServer(environment, List.of(
            org.opensearch.transport.Netty4Plugin.class,
            org.opensearch.analysis.common.CommonAnalysisPlugin.class,
            org.opensearch.painless.PainlessPlugin.class,
            org.opensearch.knn.plugin.KNNPlugin.class,
            org.opensearch.neuralsearch.plugin.NeuralSearch.class
        ));
        node.start();
        while (System.in.read() >= 0) {
            // nobody says anything: the end is what we wait for
        }
        Runtime.getRuntime().halt(0);
    }
}
