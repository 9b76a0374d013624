import './dashboard/choices';
import './dashboard/charts';
import './dashboard/tables';
