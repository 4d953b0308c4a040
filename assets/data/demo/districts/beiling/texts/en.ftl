common-tagline = In the hills we sit down and talk
common-role-mediator = Peacemaker
case-role-mediator = Peacemaker
