import java.lang.reflect.Field;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import software.amazon.dynamodb.services.local.main.ServerRunner;
import software.amazon.dynamodb.services.local.server.DynamoDBProxyServer;

/**
 * Starts DynamoDB Local as its own main class does, but on 127.0.0.1 instead of every interface, for which it
 * has no option, and on a free port, which it prints.
 */
public final class ListenOnLoopback {
  public static void main(String[] arguments) throws Exception {
    DynamoDBProxyServer proxy = ServerRunner.createServerFromCommandLineArgs(arguments);
    Field field = DynamoDBProxyServer.class.getDeclaredField("server");
    field.setAccessible(true);
    ServerConnector connector = null;
    for (Connector candidate : ((Server) field.get(proxy)).getConnectors()) {
      connector = (ServerConnector) candidate;
      connector.setHost("127.0.0.1");
      connector.setPort(0);
    }
    proxy.start();
    System.out.println("listening on " + connector.getLocalPort());
    // Whoever has started this holds the other end of standard input: when it goes, so does this.
    System.in.transferTo(java.io.OutputStream.nullOutputStream());
    System.exit(0);
  }
}
